using AdTracking.Events.Faults;
using AdTracking.Queue;

namespace AdTracking.Gateway.Intake;

/// <summary>An event, or a body, that is not valid: what the counters, the ledger and the bad-events topic say of it.</summary>
/// <param name="Code">Why.</param>
/// <param name="Minute">The minute that the ledger counts it in.</param>
/// <param name="Topic">Its class, as far as it is known.</param>
internal readonly record struct Rejection(FaultCode Code, int Minute, EventTopic Topic)
{
    /// <summary>Its publisher's bucket; 0 when none is known.</summary>
    public byte Bucket { get; init; }

    /// <summary>The field at fault, where there is one.</summary>
    public string? Field { get; init; }

    /// <summary>Whether the body is still compressed as its <c>Content-Encoding</c> says.</summary>
    public bool IsPacked { get; init; }
}
