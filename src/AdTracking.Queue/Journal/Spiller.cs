using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Spills: when Kafka has not acknowledged in time, everything that is published and not finished goes to the disk in one group
/// commit, and whoever waits for it is told. The journal thread's.</summary>
internal sealed unsafe class Spiller
{
    private const int RetryAfterMs = 500;
    private const int LazySyncMs = 1_000;
    private readonly EventQueue _queue;
    private readonly BlockPool _pool;
    private readonly WaiterTable _waiters;
    private readonly AckLevel _ack;
    private readonly SpillTaker _taker;
    private readonly SpillWriter _writer;
    private readonly BatchTable _batches;
    private readonly JournalCounters _counters;
    private readonly ReturnedBlocks _blocks;
    private readonly CompletedWaiters _completed = new();
    private readonly List<SpillBatch> _pending = [];
    private readonly List<SpillBatch> _stored = [];
    private long _retryAtMs;
    private long _syncedAtMs;
    private int _error;

    public Spiller(JournalParts parts, AckLevel ack, SpillTaker taker, SpillWriter writer)
    {
        _queue = parts.Queue;
        _pool = parts.Pool;
        _waiters = parts.Waiters;
        _ack = ack;
        _taker = taker;
        _writer = writer;
        _batches = parts.Batches;
        _counters = parts.Counters;
        _blocks = parts.Blocks;
    }

    /// <summary>The error of the last spill, negated; 0 when the journal can take what comes.</summary>
    public int Error => Volatile.Read(ref _error);

    /// <summary>Whether groups are taken that are not on the disk.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>Whether the disk refused a moment ago, and is left alone for a while.</summary>
    public bool IsResting(long nowMs) => nowMs < _retryAtMs;

    /// <summary>Takes everything, writes and syncs it, and completes the waiters. Returns whether anything was stored.</summary>
    public bool Run(long nowMs)
    {
        _taker.Take(_pending, _writer.GroupBytesNow);
        var error = WriteAll();
        var sync = _ack == AckLevel.Durable || nowMs - _syncedAtMs >= LazySyncMs;
        List<SpillBatch> failed = [];
        var unsynced = _writer.Finish(sync, _stored, failed);
        if (sync)
        {
            _syncedAtMs = nowMs;
        }

        error = error == 0 ? unsynced : error;
        foreach (var spill in failed)
        {
            Fail(spill);
        }

        _pending.AddRange(failed);
        var any = _stored.Count > 0;
        foreach (var spill in _stored)
        {
            Store(spill);
        }

        _stored.Clear();
        _completed.CompleteAll();
        Report(error, nowMs);
        return any;
    }

    /// <summary>Makes what was written a while ago survive a power cut, at the levels that do not wait for it.</summary>
    public void SyncLazily(long nowMs)
    {
        if (_ack == AckLevel.Durable || nowMs - _syncedAtMs < LazySyncMs)
        {
            return;
        }

        _syncedAtMs = nowMs;
        if (_writer.SyncDirty() < 0)
        {
            _counters.CountError();
        }
    }

    // Goes on after an error: the next batch may find a segment that takes it.
    private int WriteAll()
    {
        var first = 0;
        for (var i = 0; i < _pending.Count; i++)
        {
            var spill = _pending[i];
            var written = first == 0 ? _writer.Write(spill) : first;
            if (written >= 0)
            {
                if (written == 0)
                {
                    _batches.Leave(spill.Batch); // everything in it found its way to Kafka meanwhile
                }

                _pending.RemoveAt(i--);
                continue;
            }

            first = written;
            if (spill.Segment is { File.IsFailed: true })
            {
                Fail(spill);
            }
            else if (spill.Segment is null && spill.Blocks.Count > 0)
            {
                Dissolve(_pending[i--]);
            }
        }

        return first;
    }

    // It may be on the disk or not. Its blocks can go to Kafka once a note says so; whatever is unfinished is written anew.
    private void Fail(SpillBatch spill)
    {
        var batch = spill.Batch;
        batch.State = BatchState.Failed;
        if (spill.Blocks.Count == 0 || _writer.WriteNote(spill.Segment!, batch, spill.Mark) < 0)
        {
            return;
        }

        batch.IsNoted = true;
        foreach (var block in spill.Blocks)
        {
            GiveBack(block);
        }

        spill.Blocks.Clear();
    }

    // Nothing of it was written: its blocks are the shipper's again, as if they had never been taken.
    private void Dissolve(SpillBatch spill)
    {
        _pending.Remove(spill);
        foreach (var taken in spill.Groups)
        {
            var group = (GroupHeader*)(taken.Block.Base + taken.Offset);
            Volatile.Write(ref group->Batch, -1);
            _batches.Leave(spill.Batch);
        }

        foreach (var block in spill.Blocks)
        {
            _taker.Forget(block);
            GiveBack(block);
        }

        _batches.Leave(spill.Batch);
    }

    private void GiveBack(QueueBlock block)
    {
        block.GiveBack();
        _blocks.Add(block);
    }

    private void Store(SpillBatch spill)
    {
        var batch = spill.Batch;
        batch.Places = [.. batch.Places, spill.Place];
        batch.Bytes += spill.Place.Length;
        spill.Place.Segment.LiveBatches++;
        batch.Reserve(batch.EventCount);
        // Told first: from the moment that it counts as stored the shipper lets events of stalled partitions leave memory, and a block
        // that is gone by then has nobody left to name the waiters, who would wait for their deadline.
        if (_ack != AckLevel.Kafka)
        {
            Tell(spill);
        }

        batch.State = BatchState.Stored;
        foreach (var block in spill.Blocks)
        {
            Evict(block);
        }

        _batches.Leave(batch);
    }

    private void Tell(SpillBatch spill)
    {
        var status = _ack == AckLevel.Durable ? EventOutcome.Synced : EventOutcome.Journaled;
        foreach (var taken in spill.Groups)
        {
            var block = taken.Block;
            if (!block.TryHold())
            {
                continue;
            }

            var group = (GroupHeader*)(block.Base + taken.Offset);
            if (block.Opening == taken.Opening && Volatile.Read(ref group->Remaining) > 0 && _waiters.Find(group->WaiterIndex) is { } waiter)
            {
                Tell(waiter, group, status);
            }

            if (block.EndHold())
            {
                _pool.Return(block);
            }
        }
    }

    private void Tell(DeliveryWaiter waiter, GroupHeader* group, EventOutcome status)
    {
        var events = new EventCursor(group);
        while (events.MoveNext())
        {
            var outcome = new DeliveryOutcome(status, events.Event.Topic, 0, -1, -1);
            if (waiter.Record(group->WaiterGeneration, events.Event.Ordinal, outcome))
            {
                _completed.Add(waiter);
            }
        }
    }

    // Nothing of the block was handed over, and nobody but us has it.
    private void Evict(QueueBlock block)
    {
        var groups = new GroupCursor(block, 0, block.Tail);
        while (groups.MoveNext())
        {
            var events = groups.Events;
            while (events.MoveNext())
            {
                events.Event.GroupOffset = groups.Offset;
                _batches.AddAbsent(groups.Group, events.Header);
                _queue.Evict(block, events.Header);
            }
        }

        if (block.Drop())
        {
            _pool.Return(block);
        }
    }

    private void Report(int error, long nowMs)
    {
        Volatile.Write(ref _error, error);
        if (error == 0)
        {
            return;
        }

        _counters.CountError();
        _retryAtMs = nowMs + RetryAfterMs;
    }
}
