namespace AdTracking.Testing;

/// <summary>POSIX signals, with their Linux numbers.</summary>
public enum Signal
{
    /// <summary>Ctrl-C.</summary>
    Interrupt = 2,

    /// <summary>kill -9.</summary>
    Kill = 9,

    /// <summary>What service managers send.</summary>
    Terminate = 15,

    /// <summary>Goes on after a stop.</summary>
    Continue = 18,

    /// <summary>Stands still.</summary>
    Stop = 19,
}
