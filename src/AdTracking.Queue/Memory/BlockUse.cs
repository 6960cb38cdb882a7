namespace AdTracking.Queue.Memory;

/// <summary>What a block is for. Each use has blocks of its own, so that none can take the others' last one.</summary>
internal enum BlockUse : byte
{
    /// <summary>What requests append.</summary>
    Requests = 0,

    /// <summary>What the pipeline itself appends about events that it holds: without room for these, those would never leave.</summary>
    Reserved = 1,

    /// <summary>What the journal reads back.</summary>
    ReadBack = 2,
}
