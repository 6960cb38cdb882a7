namespace AdTracking.Emitter;

/// <summary>The bounded pool of blocks: the memory between the door and Kafka, allocated once.</summary>
internal sealed unsafe class BlockPool
{
    private readonly Lock _lock = new();
    private readonly QueueBlock[] _blocks;
    private readonly QueueBlock[] _free;
    private readonly QueueBlock[] _freeReadBack;
    private int _freeCount;
    private int _freeReadBackCount;
    private long _openings;

    /// <summary>Allocates and touches all blocks: those of the lanes, and those that the journal reads its backlog into.</summary>
    public BlockPool(int count, int readBack, int blockBytes = QueueBlock.Bytes)
    {
        Count = count;
        BlockBytes = blockBytes;
        _blocks = new QueueBlock[count + readBack];
        _free = new QueueBlock[count];
        _freeReadBack = new QueueBlock[readBack];
        for (int i = 0; i < _blocks.Length; i++)
            _blocks[i] = new QueueBlock(i, blockBytes) { IsReadBack = i >= count };
        for (int i = 0; i < count; i++)
            _free[i] = _blocks[count - 1 - i];
        _blocks.AsSpan(count).CopyTo(_freeReadBack);
        _freeCount = count;
        _freeReadBackCount = readBack;
    }

    /// <summary>Blocks of the lanes.</summary>
    public int Count { get; }

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes { get; }

    /// <summary>Blocks of the lanes that are in use.</summary>
    public int InUse => Count - Volatile.Read(ref _freeCount);

    /// <summary>Blocks that hold what was read back from the journal.</summary>
    public int ReadBackInUse => _freeReadBack.Length - Volatile.Read(ref _freeReadBackCount);

    /// <summary>All blocks.</summary>
    public ReadOnlySpan<QueueBlock> Blocks => _blocks;

    /// <summary>Numbers the openings of blocks.</summary>
    public long NextOpening() => Interlocked.Increment(ref _openings);

    /// <summary>A block to read the backlog into, or null while all are in use.</summary>
    public QueueBlock? TryRentReadBack()
    {
        lock (_lock)
            return _freeReadBackCount == 0 ? null : _freeReadBack[--_freeReadBackCount];
    }

    /// <summary>Takes as many blocks as the span has places, or none.</summary>
    public bool TryRent(Span<QueueBlock?> rented)
    {
        lock (_lock)
        {
            if (_freeCount < rented.Length)
                return false;
            for (int i = 0; i < rented.Length; i++)
                rented[i] = _free[--_freeCount];
            return true;
        }
    }

    /// <summary>Gives a block back.</summary>
    public void Return(QueueBlock block)
    {
        lock (_lock)
        {
            if (block.IsReadBack)
            {
                Invariant.Holds(_freeReadBackCount < _freeReadBack.Length, "a block is returned once");
                _freeReadBack[_freeReadBackCount++] = block;
                return;
            }

            Invariant.Holds(_freeCount < _free.Length, "a block is returned once");
            _free[_freeCount++] = block;
        }
    }

    /// <summary>The event that a reference stands for.</summary>
    public EventHeader* Resolve(ulong reference, out QueueBlock block)
    {
        int index = EventRef.BlockIndex(reference);
        Invariant.Holds((uint)index < (uint)_blocks.Length, "a reference names a block of the pool");
        block = _blocks[index];
        Invariant.Holds(EventRef.Epoch(reference) == block.Epoch, "a reference is used only while its block is");
        return (EventHeader*)(block.Base + EventRef.Offset(reference));
    }

    /// <summary>Frees the memory, when no producer can read it any more.</summary>
    public void Free()
    {
        foreach (QueueBlock block in _blocks)
            block.Free();
    }
}
