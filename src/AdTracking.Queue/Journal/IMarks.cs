using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Makes marks, whose meaning is known to whoever delivers: the journal takes them at the right moment, stores them, and gives them
/// back when it has to be found out what was delivered.</summary>
internal interface IMarks
{
    /// <summary>Takes the mark of this moment: whatever is first sent from now on is above it.</summary>
    void TakeNow(BlockMark mark);

    /// <summary>A mark to be stored, for what is above a mark of some moment.</summary>
    BatchMark Make(BlockMark now);

    /// <summary>A mark to be stored, for what is above a mark of some moment or above the marks of blocks: the lowest of them all.</summary>
    BatchMark MakeLowest(BlockMark now, IReadOnlyList<BlockMark> blocks);
}
