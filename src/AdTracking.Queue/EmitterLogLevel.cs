namespace AdTracking.Queue;

/// <summary>How serious a message of the log callback is. Libraries log through a callback and know no logger.</summary>
public enum EmitterLogLevel
{
    /// <summary>For those who debug librdkafka.</summary>
    Debug,

    /// <summary>Worth a line.</summary>
    Information,

    /// <summary>Something is not as it should be and is being dealt with.</summary>
    Warning,

    /// <summary>Something is broken.</summary>
    Error,
}
