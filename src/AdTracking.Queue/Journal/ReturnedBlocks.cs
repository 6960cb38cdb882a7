using System.Collections.Concurrent;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Blocks on their way from the journal to the shipper: what was read back, and what the disk did not take.</summary>
internal sealed class ReturnedBlocks(WakeSignal shipper)
{
    private readonly ConcurrentQueue<QueueBlock> _blocks = new();
    private bool _blocked;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _blocks.IsEmpty;

    /// <summary>The disk did not take the last spill.</summary>
    public bool IsBlocked
    {
        get => Volatile.Read(ref _blocked);
        set => Volatile.Write(ref _blocked, value);
    }

    /// <summary>Adds a block, and wakes the shipper. The journal's.</summary>
    public void Add(QueueBlock block)
    {
        _blocks.Enqueue(block);
        shipper.Notify();
    }

    /// <summary>The next block, or null. The shipper's.</summary>
    public QueueBlock? TryTake() => _blocks.TryDequeue(out var block) ? block : null;
}
