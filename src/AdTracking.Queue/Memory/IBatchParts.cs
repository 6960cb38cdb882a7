namespace AdTracking.Queue.Memory;

/// <summary>The spill batches as memory sees them: a group that stands in one names it by its slot, and says when it is done.</summary>
internal interface IBatchParts
{
    /// <summary>A group in memory is done that stands in this batch.</summary>
    void Leave(int slot);
}
