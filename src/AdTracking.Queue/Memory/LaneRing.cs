using System.Numerics;

namespace AdTracking.Queue.Memory;

/// <summary>The blocks of a lane in the order of their openings, for one writer, under the lane's lock, and one reader, the shipper. Blocks
/// that the journal takes are passed over. While the shipper is held it reads nothing, and the journal takes block after block, for hours:
/// so the writer takes those away again that stand last.</summary>
internal sealed class LaneRing
{
    private const int IndexBits = 16;
    private readonly BlockPool _pool;
    private readonly Lock _lock;
    private readonly long[] _entries;
    private uint _tail;
    private uint _head;
    private long _first;

    /// <summary>A ring that holds far more than can be unread; the lock is the writer's.</summary>
    public LaneRing(BlockPool pool, Lock writerLock)
    {
        Invariant.Holds(pool.Blocks.Length <= 1 << IndexBits, "a block's index fits into its entry");
        _pool = pool;
        _lock = writerLock;
        _entries = new long[BitOperations.RoundUpToPowerOf2((uint)pool.Count * 16)];
    }

    /// <summary>Whether so many more can be added. The writer's.</summary>
    public bool HasRoom(int blocks) => _tail - Volatile.Read(ref _head) + (uint)blocks <= (uint)_entries.Length;

    /// <summary>Adds a block that was just opened. The writer's.</summary>
    public void Add(QueueBlock block, long opening)
    {
        var tail = _tail;
        while (tail != Volatile.Read(ref _head) && !IsUnread(_entries[Place(tail - 1)]))
        {
            tail--;
        }

        Volatile.Write(ref _entries[Place(tail)], (opening << IndexBits) | (long)block.Index);
        Volatile.Write(ref _tail, tail + 1);
    }

    /// <summary>The oldest block that is not read to its end, or null. The reader's.</summary>
    public QueueBlock? First()
    {
        while (_head != Volatile.Read(ref _tail))
        {
            _first = Volatile.Read(ref _entries[Place(_head)]);
            if (IsUnread(_first))
            {
                return BlockOf(_first);
            }
            // The writer may take this entry away at this moment, and put another one in its place.
            lock (_lock)
            {
                if (_head != _tail && _entries[Place(_head)] == _first)
                {
                    MoveOn();
                }
            }
        }

        return null;
    }

    /// <summary>Makes the block of the last <see cref="First"/> the shipper's for good. False when the journal was faster.</summary>
    public bool TryShipFirst() => BlockOf(_first).TryShip(_first >> IndexBits);

    /// <summary>The reader is done with <see cref="First"/>.</summary>
    public void MoveOn() => Volatile.Write(ref _head, _head + 1);

    private bool IsUnread(long entry)
    {
        var block = BlockOf(entry);
        return block.Opening == entry >> IndexBits && block.Kind is BlockKind.Shipping or BlockKind.Unsent;
    }

    private QueueBlock BlockOf(long entry) => _pool.Blocks[(int)(entry & ((1 << IndexBits) - 1))];

    private int Place(uint position) => (int)(position & (uint)(_entries.Length - 1));
}
