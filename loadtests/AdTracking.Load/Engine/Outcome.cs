namespace AdTracking.Load.Engine;

/// <summary>What became of a request.</summary>
/// <param name="Error">Null for an answer of 2xx or 3xx; otherwise the kind of the failure.</param>
/// <param name="HasLatency">Whether its time counts: it was answered, or given up after the time-out.</param>
internal readonly record struct Outcome(string? Error, bool HasLatency)
{
    /// <summary>No connection was accepted.</summary>
    public static readonly Outcome NotConnected = new("connect", false);
    /// <summary>No complete answer within the time-out.</summary>
    public static readonly Outcome TimedOut = new("timeout", true);
    /// <summary>The connection ended before the answer did.</summary>
    public static readonly Outcome Closed = new("closed", false);
    /// <summary>The answer is not one of HTTP/1.1 with a length.</summary>
    public static readonly Outcome Malformed = new("malformed", false);
    /// <summary>Due, but no connection was free until the end of the run and the time-out after it.</summary>
    public static readonly Outcome Unsent = new("unsent", false);

    /// <summary>The outcome of a complete answer.</summary>
    public static Outcome Answered(int status) => new(status < 400 ? null : $"status_{status}", true);
}
