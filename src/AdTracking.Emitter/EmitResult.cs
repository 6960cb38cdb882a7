using AdTracking.Events.Faults;

namespace AdTracking.Emitter;

/// <summary>The outcome of one emitted event.</summary>
public readonly record struct EmitResult
{
    /// <summary>What became of it.</summary>
    public required EmitOutcome Outcome { get; init; }

    /// <summary>What is wrong with an <see cref="EmitOutcome.Invalid"/> event.</summary>
    public FaultCode Fault { get; init; }

    /// <summary>The field that is wrong, when one is.</summary>
    public string? Field { get; init; }

    /// <summary>The event's id: the caller's, or the one that was derived from what the event is about. To emit it again, set this id in
    /// it. Null when the event is invalid.</summary>
    public string? EventId { get; init; }

    /// <summary>The partition of a delivered event; -1 otherwise.</summary>
    public int Partition { get; init; } = -1;

    /// <summary>The offset of a delivered event; -1 otherwise, and where Kafka did not say.</summary>
    public long Offset { get; init; } = -1;

    /// <summary>An outcome with nothing known beyond what is set.</summary>
    public EmitResult()
    {
    }
}
