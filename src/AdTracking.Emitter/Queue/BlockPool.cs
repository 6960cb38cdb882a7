namespace AdTracking.Emitter;

/// <summary>The bounded pool of blocks: the memory between the door and Kafka, allocated once.</summary>
internal sealed unsafe class BlockPool
{
    private readonly Lock _lock = new();
    private readonly QueueBlock[] _blocks;
    private readonly QueueBlock[] _free;
    private int _freeCount;

    /// <summary>Allocates and touches all blocks.</summary>
    public BlockPool(int count)
    {
        _blocks = new QueueBlock[count];
        _free = new QueueBlock[count];
        for (int i = 0; i < count; i++)
            _blocks[i] = new QueueBlock(i);
        for (int i = 0; i < count; i++)
            _free[i] = _blocks[count - 1 - i];
        _freeCount = count;
    }

    /// <summary>Blocks in all.</summary>
    public int Count => _blocks.Length;

    /// <summary>Blocks in use.</summary>
    public int InUse => _blocks.Length - Volatile.Read(ref _freeCount);

    /// <summary>All blocks.</summary>
    public ReadOnlySpan<QueueBlock> Blocks => _blocks;

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
