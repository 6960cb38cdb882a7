namespace AdTracking.Queue.Journal;

/// <summary>How far a spill batch has come.</summary>
internal enum BatchState : byte
{
    /// <summary>Its groups are taken; nothing of it was written.</summary>
    Taken = 0,

    /// <summary>A write or a sync failed: it may be on the disk or not, and is written anew elsewhere.</summary>
    Failed = 1,

    /// <summary>It is on the disk, as the pipeline's level asks: written, or synced as well.</summary>
    Stored = 2,
}
