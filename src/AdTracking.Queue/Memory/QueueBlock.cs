using System.Runtime.InteropServices;

namespace AdTracking.Queue.Memory;

/// <summary>One MiB of native memory that groups are appended to. Its lane writes it under the lane's lock, the shipper reads what is
/// published, the delivery thread finishes groups; it goes back to the pool when it is closed, wholly read and wholly finished.</summary>
internal sealed unsafe class QueueBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Bytes = 1024 * 1024;

    private const uint EpochMask = (1u << EventRef.EpochBits) - 1;
    private readonly byte* _base;
    private int _published;
    private int _finished;
    private long _phase = PhaseReleased;
    private bool _closed;
    private long _kind;

    /// <summary>Allocates and touches the memory, so that no request takes the page faults.</summary>
    public QueueBlock(int index, int size = Bytes)
    {
        Index = index;
        Size = size;
        _base = (byte*)NativeMemory.AlignedAlloc((nuint)size, 4096);
        NativeMemory.Clear(_base, (nuint)size);
    }

    /// <summary>Bytes of this one: <see cref="Bytes"/>, save in tests of what happens when blocks are full.</summary>
    public int Size { get; }

    /// <summary>Index in the pool.</summary>
    public int Index { get; }

    /// <summary>Counts the block's uses, so that a stale reference is noticed. Never 0.</summary>
    public uint Epoch { get; private set; } = 1;

    /// <summary>What is to become of it.</summary>
    public BlockKind Kind => (BlockKind)(Volatile.Read(ref _kind) & KindMask);

    /// <summary>What it is for.</summary>
    public BlockUse Use { get; init; }

    /// <summary>Whether it was read back from the journal: no lane writes to it, and what it holds is the backlog's.</summary>
    public bool IsReadBack => Use == BlockUse.ReadBack;

    /// <summary>Counts openings over all blocks, so that blocks can be put in the order of their age.</summary>
    public long Opening => Volatile.Read(ref _kind) >> KindBits;

    /// <summary>The mark, taken before the block's first hand-over. Whatever the block holds is above it in Kafka's log, for ever; after a
    /// crash the log is read from there. Empty until then.</summary>
    public BlockMark Mark { get; } = new();

    /// <summary>The memory.</summary>
    public byte* Base => _base;

    /// <summary>Where the next group goes. The lane's, under its lock.</summary>
    public int Tail { get; private set; }

    /// <summary>Groups appended. The lane's, under its lock; final once the block is closed.</summary>
    public int Appended { get; private set; }

    /// <summary>Since when, at the earliest, something in the block is unfinished, in the clock's milliseconds. For statistics.</summary>
    public long UnfinishedSinceMs { get; private set; }

    /// <summary>How far the shipper has read. The shipper's.</summary>
    public int Scanned { get; set; }

    /// <summary>Bytes that the shipper may read.</summary>
    public int Published => Volatile.Read(ref _published);

    /// <summary>No more groups will come.</summary>
    public bool Closed => Volatile.Read(ref _closed);

    /// <summary>Room for more.</summary>
    public int Room => Size - Tail;

    /// <summary>Whether the block is out of the pool and the shipper has read all of it: only its outcomes are missing.</summary>
    public bool IsPinned => (Phase & StageMask) == PhaseDropped;

    /// <summary>Whether the block is in the pool, or on its way out of it: what it holds means nothing then, and may be written to.</summary>
    public bool IsReleased => (Phase & StageMask) == PhaseReleased;

    /// <summary>The block's phase with its epoch above it, so that a decision about one use of the block cannot end the next.</summary>
    internal long Phase => Volatile.Read(ref _phase);

    /// <summary>Whether a group in it has events without an outcome. For statistics: read without a lock.</summary>
    public bool HasUnfinished => !IsReleased && Volatile.Read(ref _finished) < Appended;

    private const int PhaseActive = 0;
    private const int PhaseDropped = 1;
    private const int PhaseReleased = 2;
    private const int StageMask = 3;
    private const int HoldMask = (int)(BlockHolder.Journal | BlockHolder.Deliveries);
    private const int PhaseBits = 4;
    private const int KindMask = 3;
    private const int KindBits = 2;

    /// <summary>Takes the block into use.</summary>
    public void Open(BlockKind kind, long nowMs, long opening)
    {
        Epoch = (Epoch & EpochMask) == EpochMask ? 1 : Epoch + 1;
        Volatile.Write(ref _kind, (opening << KindBits) | (long)kind);
        Mark.Clear();
        Tail = 0;
        Appended = 0;
        Scanned = 0;
        UnfinishedSinceMs = nowMs;
        _published = 0;
        _finished = 0;
        _closed = false;
        Volatile.Write(ref _phase, WithEpoch(PhaseActive));
    }

    /// <summary>Makes a group visible that was written at <see cref="Tail"/>.</summary>
    public void Publish(int length, long nowMs)
    {
        // A block that is open for hours is not hours behind.
        if (Volatile.Read(ref _finished) == Appended)
        {
            UnfinishedSinceMs = nowMs;
        }

        Tail += length;
        Appended++;
        Volatile.Write(ref _published, Tail);
    }

    /// <summary>Ends appending.</summary>
    public void Close() => Volatile.Write(ref _closed, true);

    /// <summary>Counts one group as finished. True when that was what kept the block from the pool.</summary>
    public bool FinishGroup()
    {
        Interlocked.Increment(ref _finished);
        return TryRelease();
    }

    /// <summary>The shipper has read a closed block to its end. True when nothing else keeps it from the pool.</summary>
    public bool Drop()
    {
        long phase;
        do
        {
            phase = Phase;
        }
        while (Interlocked.CompareExchange(ref _phase, (phase & ~(long)StageMask) | PhaseDropped, phase) != phase);
        return TryRelease();
    }

    /// <summary>Whoever of shipper and journal is first decides what becomes of a waiting block in this use of it: it is handed over, or
    /// spilled whole. True for the first.</summary>
    public bool TryTransition(long opening, BlockKind kind)
    {
        var waiting = (opening << KindBits) | (long)BlockKind.Unsent;
        return Interlocked.CompareExchange(ref _kind, (opening << KindBits) | (long)kind, waiting) == waiting;
    }

    /// <summary>Whether the shipper, who meets the block in its lane, is to read it.</summary>
    public bool TryShip(long opening)
    {
        var kind = Volatile.Read(ref _kind);
        return kind == ((opening << KindBits) | (long)BlockKind.Shipping) || TryTransition(opening, BlockKind.Shipping);
    }

    /// <summary>A spilled block that could not be written goes back to the shipper, on another way than its lane.</summary>
    public void GiveBack() => Volatile.Write(ref _kind, (Opening << KindBits) | (long)BlockKind.Returned);

    /// <summary>Keeps the block from the pool while its holder looks into it. False when it is there already.</summary>
    public bool TryHold(BlockHolder holder = BlockHolder.Journal)
    {
        while (true)
        {
            var phase = Phase;
            if ((phase & StageMask) == PhaseReleased)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _phase, phase | (long)holder, phase) == phase)
            {
                return true;
            }
        }
    }

    /// <summary>Ends <see cref="TryHold"/>. True when nothing else keeps it from the pool.</summary>
    public bool EndHold(BlockHolder holder = BlockHolder.Journal)
    {
        Interlocked.And(ref _phase, ~(long)holder);
        return TryRelease();
    }

    /// <summary>Frees the memory, when no producer can read it any more.</summary>
    public void Free() => NativeMemory.AlignedFree(_base);

    /// <summary>Ends the use of the block that a phase was read in. False when that use has ended already.</summary>
    internal bool Release(long phase) =>
        Interlocked.CompareExchange(ref _phase, (phase & ~(long)StageMask) | PhaseReleased, phase) == phase;

    // Shipper and delivery thread may both find the block done. Whoever comes second may be so late that the block is in use again,
    // and even dropped again: the epoch tells.
    private bool TryRelease()
    {
        var phase = Phase;
        return (phase & (StageMask | HoldMask)) == PhaseDropped && Volatile.Read(ref _finished) == Appended && Release(phase);
    }

    private long WithEpoch(int phase) => ((long)Epoch << PhaseBits) | (uint)phase;
}
