using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

/// <summary>Memory between HTTP and Kafka.</summary>
internal sealed class QueueOptions
{
    /// <summary>0: one per core, at most a quarter of the number of blocks.</summary>
    [Range(0, 256)]
    public int Lanes { get; set; }

    [Range(4L << 20, 16L << 30)]
    public long BytesMax { get; set; } = 64L << 20;
}

/// <summary>The journal, in <c>journal</c> of the data directory: where events go that Kafka does not acknowledge in time.</summary>
internal sealed class JournalOptions
{
    /// <summary>Disk space that it may take. When it is used up, requests are refused.</summary>
    [Range(8L << 20, 1L << 50)]
    public long BytesMax { get; set; } = 8L << 30;

    /// <summary>Size of one of its files.</summary>
    [Range(2 << 20, 256 << 20)]
    public int SegmentBytes { get; set; } = 16 << 20;

    /// <summary>How long Kafka may take before events are written to the disk as well.</summary>
    [Range(1, 60_000)]
    public int SyncAfterMs { get; set; } = 50;

    /// <summary>How long after a start the log is taken to show everything that was sent before it; only events that may have been sent
    /// wait for it.</summary>
    [Range(0, 3_600_000)]
    public int ReconcileAfterMs { get; set; } = 30_000;
}
