namespace AdTracking.Emitter.Inspection;

/// <summary>A spill batch of a segment, as it was written: which of its events are delivered by now stands nowhere on the disk.</summary>
public sealed record InspectedBatch
{
    /// <summary>The batch's id, 16 hexadecimal digits. A batch that had to be written anew stands in two segments under one id.</summary>
    public required string Id { get; init; }

    /// <summary><c>shipping</c>: taken from blocks that were on their way to Kafka; <c>waiting</c>: nothing of it had been handed over.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it is what was left of a batch whose first file failed.</summary>
    public bool Rewritten { get; init; }

    /// <summary>Where it begins in the file.</summary>
    public long Offset { get; init; }

    /// <summary>Its length, headers included.</summary>
    public long Bytes { get; init; }

    /// <summary>Groups, by its header.</summary>
    public int Groups { get; init; }

    /// <summary>Events, by its header.</summary>
    public int Events { get; init; }

    /// <summary>Events that could not be read; null when groups were not checked.</summary>
    public int? MissingEvents { get; init; }

    /// <summary>When it was taken.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>How long ago that is.</summary>
    public long AgeSeconds { get; init; }

    /// <summary>The machine's boot in which it was written.</summary>
    public Guid BootId { get; init; }

    /// <summary>Whether that is the present one.</summary>
    public bool ThisBoot { get; init; }

    /// <summary>The Kafka cluster that it is meant for, empty when that was not known.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The mark: events of the batch can only have higher offsets.</summary>
    public required IReadOnlyList<InspectedTopicMark> Mark { get; init; }
}
