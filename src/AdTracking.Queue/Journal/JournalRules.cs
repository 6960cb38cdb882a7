namespace AdTracking.Queue.Journal;

/// <summary>What the journal's promises rest on, and what a simulation sets: the defaults are right, and each of the switches, turned,
/// loses or doubles events. Tests turn them to see that they would notice.</summary>
internal sealed record JournalRules
{
    /// <summary>The machine's boot.</summary>
    public Guid BootId { get; init; } = MachineBoot.ReadId();

    /// <summary>Makes a batch's id; never 0, and never twice.</summary>
    public Func<ulong> NewBatchId { get; init; } = static () => (ulong)Random.Shared.NextInt64(1, long.MaxValue);

    /// <summary>Wrong: a batch of shipping groups takes the offsets acknowledged at the spill as its mark, not the blocks' older ones.</summary>
    public bool MarksAtSpill { get; init; }

    /// <summary>Wrong: a waiting block may be handed over while its batch is being written.</summary>
    public bool HandsOverWhileWriting { get; init; }

    /// <summary>The most events that a reading of Kafka's log looks for at once: what bounds its memory.</summary>
    public int ReadingEventsMax { get; init; } = 1_000_000;

    /// <summary>The largest batch: enough for a sync's worth at any rate.</summary>
    public int BatchBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Segments that are scanned at a time at the start: after a power cut nothing is cached, and a disk serves many reads at once
    /// hardly slower than one.</summary>
    public int ScanThreads { get; init; } = 32;

    /// <summary>Kept free in a batch for each of its headers, with the marks of some thousand partitions.</summary>
    public int HeaderBytesReserved { get; init; } = 64 * 1024;
}
