using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>A group in memory that a spill has taken.</summary>
/// <param name="Block">The block.</param>
/// <param name="Opening">The block's use: it may be gone when the spill comes back to it.</param>
/// <param name="Offset">Where the group stands in the block.</param>
/// <param name="Number">Its number in the batch.</param>
/// <param name="FirstEvent">The index of its first event in the batch.</param>
internal readonly record struct TakenGroup(QueueBlock Block, long Opening, int Offset, int Number, int FirstEvent);
