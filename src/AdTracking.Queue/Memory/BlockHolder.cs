namespace AdTracking.Queue.Memory;

/// <summary>Who keeps a block from the pool while it looks into it: a bit each in the block's phase.</summary>
internal enum BlockHolder
{
    /// <summary>The journal, which writes and tells its groups.</summary>
    Journal = 4,

    /// <summary>The delivery thread, when it looks for what a dead producer has not reported.</summary>
    Deliveries = 8,
}
