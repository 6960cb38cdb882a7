namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>What the simulation runs: the emitter as it is, or with one rule broken, which must show.</summary>
internal enum SimVariant
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>Batches of shipping groups carry the highest acknowledged offsets of the spill as their mark.</summary>
    MarkOfSpill,

    /// <summary>A waiting block may be handed over while its batch is being written.</summary>
    HandOverWhileWriting,

    /// <summary>Waiting batches are handed over although their notes were not written.</summary>
    NotesDropped,

    /// <summary>The log's end is listed at once, before everything that was sent can be seen.</summary>
    NoReconcileWait,

    /// <summary>Events of partitions that take nothing are copied into another block.</summary>
    CopiedAside,

    /// <summary>A reading ends at the first record that is younger than the process.</summary>
    StopByTimestamp,

    /// <summary>Waiters are told before the sync.</summary>
    SyncAfterAnswer,

    /// <summary>The directory is never synced.</summary>
    NoDirectorySync,
}
