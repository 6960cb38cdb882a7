namespace AdTracking.Queue.Memory;

/// <summary>The bounded pool of blocks: the memory between the door and Kafka, allocated once.</summary>
internal sealed unsafe class BlockPool
{
    /// <summary>Blocks for what the pipeline itself appends.</summary>
    public const int ReservedBlocks = 2;

    /// <summary>Blocks for what the journal reads back at once: enough for any round trip, and never more than half of what may be in
    /// flight.</summary>
    public const int ReadBackBlocks = 4;

    private readonly Lock _lock = new();
    private readonly QueueBlock[] _blocks;
    private readonly Stack<QueueBlock>[] _free = [new(), new(), new()];
    private readonly int[] _inUse = new int[3];
    private long _openings;

    /// <summary>Allocates and touches all blocks: so many for requests, for the pipeline's own events, and for the journal's backlog.</summary>
    public BlockPool(int requests, int own, int readBack, int blockBytes = QueueBlock.Bytes)
    {
        Count = requests;
        BlockBytes = blockBytes;
        _blocks = new QueueBlock[requests + own + readBack];
        for (var i = _blocks.Length - 1; i >= 0; i--)
        {
            var use = i < requests ? BlockUse.Requests : i < requests + own ? BlockUse.Reserved : BlockUse.ReadBack;
            _blocks[i] = new QueueBlock(i, blockBytes) { Use = use };
            _free[(int)use].Push(_blocks[i]);
        }
    }

    /// <summary>Blocks for requests.</summary>
    public int Count { get; }

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes { get; }

    /// <summary>Blocks in use for requests.</summary>
    public int InUse => Volatile.Read(ref _inUse[(int)BlockUse.Requests]);

    /// <summary>Blocks that hold what was read back from the journal.</summary>
    public int ReadBackInUse => Volatile.Read(ref _inUse[(int)BlockUse.ReadBack]);

    /// <summary>All blocks.</summary>
    public ReadOnlySpan<QueueBlock> Blocks => _blocks;

    /// <summary>Numbers the openings of blocks.</summary>
    public long NextOpening() => Interlocked.Increment(ref _openings);

    /// <summary>Takes as many blocks as the span has places, or none.</summary>
    public bool TryRent(BlockUse use, Span<QueueBlock?> rented)
    {
        lock (_lock)
        {
            var free = _free[(int)use];
            if (free.Count < rented.Length)
            {
                return false;
            }

            for (var i = 0; i < rented.Length; i++)
            {
                rented[i] = free.Pop();
            }

            Volatile.Write(ref _inUse[(int)use], _inUse[(int)use] + rented.Length);
            return true;
        }
    }

    /// <summary>Gives a block back.</summary>
    public void Return(QueueBlock block)
    {
        lock (_lock)
        {
            var use = (int)block.Use;
            Invariant.Holds(_inUse[use] > 0, "a block is returned once");
            _free[use].Push(block);
            Volatile.Write(ref _inUse[use], _inUse[use] - 1);
        }
    }

    /// <summary>The event that a reference stands for.</summary>
    public EventHeader* Resolve(ulong reference, out QueueBlock block)
    {
        var index = EventRef.BlockIndex(reference);
        Invariant.Holds((uint)index < (uint)_blocks.Length, "a reference names a block of the pool");
        block = _blocks[index];
        Invariant.Holds(EventRef.Epoch(reference) == block.Epoch, "a reference is used only while its block is");
        return (EventHeader*)(block.Base + EventRef.Offset(reference));
    }

    /// <summary>Frees the memory, when no producer can read it any more.</summary>
    public void Free()
    {
        foreach (var block in _blocks)
        {
            block.Free();
        }
    }
}
