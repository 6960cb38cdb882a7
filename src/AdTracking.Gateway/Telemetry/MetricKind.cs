namespace AdTracking.Gateway.Telemetry;

internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>A sum of ups and downs, or a value that is observed.</summary>
    UpDown,

    /// <summary>A value that is set.</summary>
    Level,

    Histogram,
}
