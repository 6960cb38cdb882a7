using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Finds what is published, unfinished and not in the journal, and takes it into batches: groups of shipping blocks where they
/// stand, waiting blocks whole. The journal thread's.</summary>
internal sealed unsafe class SpillTaker
{
    private readonly Clock _clock;
    private readonly EventQueue _queue;
    private readonly BlockPool _pool;
    private readonly IMarks _marks;
    private readonly BatchTable _batches;
    private readonly JournalRules _rules;
    private readonly (long Opening, int Offset)[] _cursors;
    private readonly List<QueueBlock> _held = [];
    private readonly BlockMark _now = new();
    private readonly List<BlockMark> _shippingMarks = [];

    public SpillTaker(Clock clock, EventQueue queue, BlockPool pool, IMarks marks, BatchTable batches, JournalRules rules)
    {
        _rules = rules;
        _clock = clock;
        _queue = queue;
        _pool = pool;
        _marks = marks;
        _batches = batches;
        _cursors = new (long, int)[pool.Blocks.Length];
    }

    /// <summary>How long the oldest group has waited that is not in the journal, in milliseconds; -1 when there is none. Blocks that are
    /// younger than <paramref name="enoughMs"/> are not looked into, and count as 0.</summary>
    public long OldestAgeMs(long nowMs, int enoughMs)
    {
        long oldest = -1;
        foreach (var block in _pool.Blocks)
        {
            if (block.IsReadBack || !block.HasUnfinished)
            {
                continue;
            }

            var age = nowMs - block.UnfinishedSinceMs;
            if (age >= enoughMs)
            {
                age = AgeOfFirst(block, nowMs);
            }

            oldest = Math.Max(oldest, age);
        }

        return oldest;
    }

    /// <summary>Takes everything. The acknowledged offsets are copied first: nothing that is taken was handed over before that, or its
    /// block's mark is lower.</summary>
    public void Take(List<SpillBatch> batches, int batchBytesMax)
    {
        _marks.TakeNow(_now);
        Hold();
        var mark = ShippingMark();
        var unixMs = _clock.UnixMs;
        SpillBatch? batch = null;
        foreach (var block in _held)
        {
            if (IsShipping(block))
            {
                TakeGroups(block, ref batch, mark, BlockKind.Shipping, unixMs, batchBytesMax, batches);
            }
        }

        batch = null;
        var now = _marks.Make(_now);
        foreach (var block in _held)
        {
            if (block.Kind != BlockKind.Unsent)
            {
                continue;
            }

            if (_rules.HandsOverWhileWriting)
            {
                TakeGroups(block, ref batch, now, BlockKind.Unsent, unixMs, batchBytesMax, batches);
            }
            else if (block.TryTransition(block.Opening, BlockKind.Journaled))
            {
                TakeWhole(block, ref batch, now, unixMs, batchBytesMax, batches);
            }
        }

        foreach (var block in _held)
        {
            if (block.EndHold())
            {
                _pool.Return(block);
            }
        }

        _held.Clear();
    }

    /// <summary>A block is the shipper's again, and its groups stand in no batch.</summary>
    public void Forget(QueueBlock block) => _cursors[block.Index] = default;

    private void Hold()
    {
        foreach (var block in _pool.Blocks)
        {
            if (!block.IsReadBack && block.HasUnfinished && block.TryHold())
            {
                _held.Add(block);
            }
        }

        _held.Sort(static (one, other) => one.Opening.CompareTo(other.Opening));
    }

    private static bool IsShipping(QueueBlock block) => block.Kind is BlockKind.Shipping or BlockKind.Returned;

    // The lowest of all blocks' marks, and this moment's for blocks of which nothing was handed over.
    private BatchMark ShippingMark()
    {
        _shippingMarks.Clear();
        foreach (var block in _held)
        {
            if (IsShipping(block) && !_rules.MarksAtSpill && block.Mark.IsTaken)
            {
                _shippingMarks.Add(block.Mark);
            }
        }

        return _marks.MakeLowest(_now, _shippingMarks);
    }

    private void TakeWhole(
        QueueBlock block, ref SpillBatch? batch, BatchMark mark, long unixMs, int batchBytesMax, List<SpillBatch> batches)
    {
        foreach (var lane in _queue.Lanes)
        {
            lane.Close(block);
        }

        if (batch is not null && batch.GroupBytes + block.Tail > batchBytesMax)
        {
            batch = null;
        }

        TakeGroups(block, ref batch, mark, BlockKind.Unsent, unixMs, batchBytesMax, batches);
        batch?.Blocks.Add(block);
    }

    private void TakeGroups(
        QueueBlock block, ref SpillBatch? batch, BatchMark mark, BlockKind kind, long unixMs, int batchBytesMax, List<SpillBatch> batches)
    {
        var groups = new GroupCursor(block, Cursor(block), block.Published);
        while (groups.MoveNext())
        {
            var group = groups.Group;
            if (group->Batch < 0 && TryHold(group))
            {
                var bytes = BatchWriter.GroupBytes(block, groups.Offset);
                if (batch is null || (kind == BlockKind.Shipping && batch.GroupBytes + bytes > batchBytesMax))
                {
                    batch = Begin(mark, kind, unixMs, batches);
                }

                Enter(batch, block, groups.Offset, group, bytes);
                _queue.Leave(block, group);
            }
        }

        _cursors[block.Index] = (block.Opening, groups.Next);
    }

    private SpillBatch Begin(BatchMark mark, BlockKind kind, long unixMs, List<SpillBatch> batches)
    {
        var batch = new SpillBatch(new JournalBatch(_rules.NewBatchId(), kind, unixMs) { IsIndexed = true }, mark);
        _batches.Add(batch.Batch);
        batches.Add(batch);
        return batch;
    }

    private static void Enter(SpillBatch batch, QueueBlock block, int at, GroupHeader* group, int bytes)
    {
        var stored = batch.Batch;
        var first = (EventHeader*)((byte*)group + GroupHeader.Bytes);
        group->BatchGroup = stored.GroupCount;
        group->BatchEventBase = stored.EventCount - first->Ordinal;
        batch.Groups.Add(new TakenGroup(block, block.Opening, at, stored.GroupCount, stored.EventCount));
        stored.GroupCount++;
        stored.EventCount += group->EventCount;
        stored.Enter();
        batch.GroupBytes += bytes;
        Volatile.Write(ref group->Batch, stored.Slot);
    }

    // An unfinished group is kept from finishing until its batch is known to whoever finishes it.
    private static bool TryHold(GroupHeader* group)
    {
        while (true)
        {
            var remaining = Volatile.Read(ref group->Remaining);
            if (remaining == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref group->Remaining, remaining + 1, remaining) == remaining)
            {
                return true;
            }
        }
    }

    private int Cursor(QueueBlock block)
    {
        (var opening, var offset) = _cursors[block.Index];
        return opening == block.Opening ? offset : 0;
    }

    private long AgeOfFirst(QueueBlock block, long nowMs)
    {
        if (!block.TryHold())
        {
            return -1;
        }

        long age = -1;
        var groups = new GroupCursor(block, Cursor(block), block.Published);
        while (age < 0 && groups.MoveNext())
        {
            var group = groups.Group;
            if (Volatile.Read(ref group->Remaining) > 0 && group->Batch < 0)
            {
                age = Math.Max(0, nowMs - group->AppendedAtMs); // it may be younger than this round
            }
        }

        // It stays at the group that was found, which is still to be taken.
        _cursors[block.Index] = (block.Opening, age < 0 ? groups.Next : groups.Offset);
        if (block.EndHold())
        {
            _pool.Return(block);
        }

        return age;
    }
}
