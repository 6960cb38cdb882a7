using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>The memory half of the queue: lanes over a bounded pool of blocks, and the waiters of requests. What came in and what became of it is
/// counted in the ledger.</summary>
internal sealed unsafe class EventQueue
{
    private readonly Clock _clock;
    private readonly BlockPool _pool;
    private readonly WaiterTable _waiters;
    private readonly Ledger _ledger;
    private readonly IBatchParts _batches;
    private readonly Lane[] _lanes;
    private readonly int _requestLanes;
    private readonly long _badBytesMax;
    private readonly long _deadlineMs;
    private long _badBytes;
    private long _finishedBytes;

    /// <summary>A queue over a pool's blocks, with so many lanes, at most a quarter of the blocks; requests wait so long at most.</summary>
    public EventQueue(Clock clock, BlockPool pool, WaiterTable waiters, Ledger ledger, IBatchParts batches, int lanes, long deadlineMs)
    {
        _clock = clock;
        _pool = pool;
        _waiters = waiters;
        _ledger = ledger;
        _batches = batches;
        _requestLanes = Math.Clamp(lanes, 1, pool.Count / 4);
        _lanes = new Lane[_requestLanes + 1];
        for (var i = 0; i < _requestLanes; i++)
        {
            _lanes[i] = new Lane(i, pool, ledger);
        }

        _lanes[_requestLanes] = new Lane(_requestLanes, pool, ledger, BlockUse.Reserved);
        _badBytesMax = (long)pool.Count * pool.BlockBytes / 10;
        _deadlineMs = deadlineMs;
    }

    /// <summary>Those of requests, and last the one of the pipeline itself.</summary>
    public ReadOnlySpan<Lane> Lanes => _lanes;

    /// <summary>Bytes of appended groups that are in memory and not finished.</summary>
    public long WaitingBytes
    {
        get
        {
            var finished = Interlocked.Read(ref _finishedBytes);
            long appended = 0;
            foreach (var lane in _lanes)
            {
                appended += lane.AppendedBytes;
            }

            return appended - finished;
        }
    }

    /// <summary>Age of the oldest block that holds something unfinished; 0 when nothing is.</summary>
    public long OldestAgeMs
    {
        get
        {
            var oldest = long.MaxValue;
            foreach (var block in _pool.Blocks)
            {
                oldest = block.HasUnfinished ? Math.Min(oldest, block.UnfinishedSinceMs) : oldest;
            }

            return oldest == long.MaxValue ? 0 : Math.Max(0, _clock.NowMs - oldest);
        }
    }

    /// <summary>Groups are refused from now on, and no append is under way any more when this returns.</summary>
    public void CloseDoor()
    {
        foreach (var lane in _lanes)
        {
            lane.Close();
        }
    }

    /// <summary>Whether anything is published that the shipper has not read. Only the shipper asks.</summary>
    public bool HasNews
    {
        get
        {
            foreach (var lane in _lanes)
            {
                if (lane.HasNews)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Appends a group whose events have their frames; the own lane first, then the others' open blocks.</summary>
    public Admission TryAppend(GroupBuffer group, DeliveryWaiter? waiter) => TryAppend(group, waiter, _clock.NowMs + _deadlineMs, isOwn: false);

    /// <summary>Appends a group that the pipeline itself makes of what it has accepted: also while it drains, and without a deadline.</summary>
    public Admission TryAppendInternal(GroupBuffer group, DeliveryWaiter waiter) => TryAppend(group, waiter, long.MaxValue, isOwn: true);

    private Admission TryAppend(GroupBuffer group, DeliveryWaiter? waiter, long deadlineMs, bool isOwn)
    {
        Invariant.Holds(group.IsFramed, "only events with schema ids come into the queue");
        if (group.Bytes > GroupBuffer.GroupBytesMax)
        {
            return Admission.TooLarge;
        }

        if (group.BadBytes > 0 && Interlocked.Add(ref _badBytes, group.BadBytes) > _badBytesMax)
        {
            Interlocked.Add(ref _badBytes, -group.BadBytes);
            return Admission.ShareExceeded;
        }

        var nowMs = _clock.NowMs;
        if (group.ReceivedMinute == 0)
        {
            group.ReceivedMinute = _clock.UnixMinute;
        }

        var admission = Admission.QueueFull;
        if (isOwn)
        {
            admission = _lanes[_requestLanes].TryAppend(group, waiter, deadlineMs, nowMs, evenClosed: true);
        }

        for (var i = 0; i < _requestLanes && !isOwn && admission == Admission.QueueFull; i++)
        {
            var lane = _lanes[(group.LaneHint + i) % _requestLanes];
            admission = lane.TryAppend(group, waiter, deadlineMs, nowMs);
        }

        if (admission != Admission.Accepted)
        {
            Interlocked.Add(ref _badBytes, -group.BadBytes);
        }

        return admission;
    }

    /// <summary>Gives an event its outcome, once; the last one of a group ends the group, the last group of a block ends the block.</summary>
    public void Complete(QueueBlock block, EventHeader* header, in DeliveryOutcome outcome, CompletedWaiters completed)
    {
        Invariant.Holds(header->State != EventState.Done, "an event gets one outcome");
        header->State = EventState.Done;
        var group = (GroupHeader*)(block.Base + header->GroupOffset);
        _ledger.Count(group->ReceivedMinute, header->Topic, header->Bucket, outcome.Status);
        var waiter = _waiters.Find(group->WaiterIndex);
        if (waiter is not null && waiter.Record(group->WaiterGeneration, header->Ordinal, outcome))
        {
            completed.Add(waiter);
        }

        Leave(block, group);
    }

    /// <summary>Counts an event as delivered that is not in memory: Kafka's log turned out to hold it.</summary>
    public void CountStruckOut(EventTopic topic, byte bucket, int minute)
    {
        _ledger.Count(minute, topic, bucket, EventOutcome.Delivered);
        _ledger.Count(minute, topic, bucket, LedgerColumn.StruckOut);
        _ledger.Count(minute, topic, bucket, LedgerColumn.WaitingJournal, -1);
    }

    /// <summary>Takes an event into the account that the start found in the journal.</summary>
    public void CountRecovered(EventTopic topic, byte bucket, int minute)
    {
        _ledger.Count(minute, topic, bucket, LedgerColumn.Recovered);
        _ledger.Count(minute, topic, bucket, LedgerColumn.WaitingJournal);
    }

    /// <summary>An event that stands in the journal leaves memory, without an outcome. It is not in flight, and in nobody's list.</summary>
    public void Evict(QueueBlock block, EventHeader* header)
    {
        Invariant.Holds(header->State is not (EventState.InFlight or EventState.Done), "an event that leaves memory is nobody's");
        header->State = EventState.Done;
        var group = (GroupHeader*)(block.Base + header->GroupOffset);
        _ledger.Count(group->ReceivedMinute, header->Topic, header->Bucket, LedgerColumn.WaitingJournal);
        Leave(block, group);
    }

    /// <summary>One event less in a group, or the journal's hold on it ends. Shipper, delivery thread and journal may be here for one group
    /// at once; after the decrement it is the last one's alone.</summary>
    public void Leave(QueueBlock block, GroupHeader* group)
    {
        if (Interlocked.Decrement(ref group->Remaining) != 0)
        {
            return;
        }

        if (group->Batch >= 0)
        {
            _batches.Leave(group->Batch);
        }

        if (group->BadBytes > 0)
        {
            Interlocked.Add(ref _badBytes, -group->BadBytes);
        }

        if (!block.IsReadBack)
        {
            Interlocked.Add(ref _finishedBytes, group->Length);
        }

        if (block.FinishGroup())
        {
            _pool.Return(block);
        }
    }
}
