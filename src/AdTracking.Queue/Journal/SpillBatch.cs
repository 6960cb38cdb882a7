using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>A batch on its way to the disk.</summary>
internal sealed class SpillBatch(JournalBatch batch, BatchMark mark)
{
    /// <summary>What stays of it in memory once it is stored.</summary>
    public JournalBatch Batch { get; } = batch;

    /// <summary>Its mark.</summary>
    public BatchMark Mark { get; } = mark;

    /// <summary>Its groups, in the order of their numbers.</summary>
    public List<TakenGroup> Groups { get; } = [];

    /// <summary>The waiting blocks that it holds whole, and that leave memory when it is stored.</summary>
    public List<QueueBlock> Blocks { get; } = [];

    /// <summary>Bytes that its groups take on the disk.</summary>
    public int GroupBytes { get; set; }

    /// <summary>The segment that it was last written to; null before.</summary>
    public StoredSegment? Segment { get; set; }

    /// <summary>Where the copy stands there.</summary>
    public BatchPlace Place { get; set; }
}
