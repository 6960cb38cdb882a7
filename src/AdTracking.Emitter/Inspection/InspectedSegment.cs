namespace AdTracking.Emitter.Inspection;

/// <summary>A segment of the journal with its side file.</summary>
public sealed record InspectedSegment
{
    /// <summary>The segment file's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>ok</c>, <c>empty</c> (its creation was cut), <c>damaged</c> (its header), <c>newerFormat</c> (not read any further),
    /// <c>cannotOpen</c>.</summary>
    public required string State { get; init; }

    /// <summary>Length of the segment file.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of it up to the end of the last batch.</summary>
    public long UsedBytes { get; init; }

    /// <summary>Length of the side file.</summary>
    public long NotesBytes { get; init; }

    /// <summary>Bytes of it up to the end of the last note.</summary>
    public long UsedNotesBytes { get; init; }

    /// <summary>When the segment was made; null when its header does not say it.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>How long ago that is.</summary>
    public long? AgeSeconds { get; init; }

    /// <summary>Its batches, in the file's order.</summary>
    public required IReadOnlyList<InspectedBatch> Batches { get; init; }

    /// <summary>Its notes, in the side file's order.</summary>
    public required IReadOnlyList<InspectedNote> Notes { get; init; }

    /// <summary>Events that stood in batches which are lost, as far as later ones tell.</summary>
    public long LostBatchEvents { get; init; }

    /// <summary>What is wrong with the two files.</summary>
    public required IReadOnlyList<InspectedDamage> Damage { get; init; }
}
