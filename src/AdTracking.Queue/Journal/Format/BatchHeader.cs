using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal.Format;

/// <summary>What stands before and after the groups of a spill batch. Who spills sets the fields above the line and places the batch in its
/// segment; <see cref="BatchWriter"/> fills in the rest.</summary>
internal sealed class BatchHeader
{
    /// <summary>Random, never 0. Kept when the batch is written anew, so that both copies count as one batch.</summary>
    public ulong BatchId { get; set; }

    /// <summary>Whether its groups come from shipping or from waiting blocks; never both.</summary>
    public BlockKind Kind { get; set; }

    /// <summary>Whether this is what was left of a batch whose first file failed.</summary>
    public bool IsRewritten { get; set; }

    /// <summary>The machine's boot in which it was written; the segment's.</summary>
    public Guid BootId { get; set; }

    /// <summary>Id of the Kafka cluster that it is meant for, empty while unknown.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>When it was first taken, Unix milliseconds.</summary>
    public long TimeMs { get; set; }

    /// <summary>The lower bound of its events' offsets.</summary>
    public BatchMark Mark { get; set; } = BatchMark.Empty;

    /// <summary>Groups of the batch as first taken: group numbers are below it. More than <see cref="GroupCount"/> in a batch written anew.</summary>
    public int GroupsTaken { get; set; }

    /// <summary>Events of the batch as first taken: the events' indices are below it.</summary>
    public int EventsTaken { get; set; }

    // ---- set by PlaceIn

    /// <summary>Number of the segment.</summary>
    public long SegmentNumber { get; set; }

    /// <summary>How many batches stand before it in the segment.</summary>
    public int NumberInSegment { get; set; }

    /// <summary>How many events stand before it in the segment: what a lost batch held is known from the next one.</summary>
    public long EventsBefore { get; set; }

    // ---- set by BatchWriter

    /// <summary>Bytes of the header itself.</summary>
    public int HeaderBytes { get; set; }

    /// <summary>Bytes of the batch: header, groups, header.</summary>
    public int Bytes { get; set; }

    /// <summary>Groups that stand here.</summary>
    public int GroupCount { get; set; }

    /// <summary>Events that stand here.</summary>
    public int EventCount { get; set; }

    /// <summary>Makes it the next batch of a segment.</summary>
    public void PlaceIn(JournalSegment segment)
    {
        SegmentNumber = segment.Number;
        NumberInSegment = segment.BatchCount;
        EventsBefore = segment.EventsWritten;
    }
}
