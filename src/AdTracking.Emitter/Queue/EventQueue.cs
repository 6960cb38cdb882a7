namespace AdTracking.Emitter;

/// <summary>
/// The memory half of the queue: lanes over a bounded pool of blocks, the waiters of requests, and the count of what came in and
/// what became of it. Accepted = delivered + refused + unknown + waiting, per topic, at any moment of rest.
/// </summary>
internal sealed unsafe class EventQueue
{
    private readonly Lane[] _lanes;
    private readonly long[] _outcomes = new long[EventTopics.Count * 4];
    private readonly long _badBytesMax;
    private readonly long _deadlineMs;
    private long _badBytes;
    private long _finishedBytes;

    public EventQueue(PipelineOptions options, Clock clock)
    {
        int blocks = Math.Max(4, (int)(options.QueueBytesMax / QueueBlock.Bytes));
        int lanes = Math.Clamp(options.Lanes, 1, blocks / 4);
        Clock = clock;
        Pool = new BlockPool(blocks);
        Waiters = new WaiterTable(options.InlineContinuations);
        _lanes = new Lane[lanes];
        for (int i = 0; i < lanes; i++)
            _lanes[i] = new Lane(i, Pool);
        _badBytesMax = (long)blocks * QueueBlock.Bytes / 10;
        _deadlineMs = (long)options.RequestDeadline.TotalMilliseconds;
    }

    public Clock Clock { get; }

    public BlockPool Pool { get; }

    public WaiterTable Waiters { get; }

    public ReadOnlySpan<Lane> Lanes => _lanes;

    /// <summary>Bytes of groups that are not finished.</summary>
    public long WaitingBytes
    {
        get
        {
            long finished = Interlocked.Read(ref _finishedBytes);
            long appended = 0;
            foreach (Lane lane in _lanes)
                appended += lane.AppendedBytes;
            return appended - finished;
        }
    }

    /// <summary>Age of the oldest block that holds something unfinished; 0 when nothing is.</summary>
    public long OldestAgeMs
    {
        get
        {
            long oldest = long.MaxValue;
            foreach (QueueBlock block in Pool.Blocks)
                oldest = block.HasUnfinished ? Math.Min(oldest, block.UnfinishedSinceMs) : oldest;
            return oldest == long.MaxValue ? 0 : Math.Max(0, Clock.NowMs - oldest);
        }
    }

    /// <summary>Groups are refused from now on, and no append is under way any more when this returns.</summary>
    public void CloseDoor()
    {
        foreach (Lane lane in _lanes)
            lane.Close();
    }

    /// <summary>Whether anything is published that the shipper has not read. Only the shipper asks.</summary>
    public bool HasNews
    {
        get
        {
            foreach (Lane lane in _lanes)
            {
                if (lane.HasNews)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Events accepted for a topic.</summary>
    public long Accepted(EventTopic topic)
    {
        long accepted = 0;
        foreach (Lane lane in _lanes)
            accepted += lane.Accepted((int)topic);
        return accepted;
    }

    /// <summary>Events of a topic with this outcome.</summary>
    public long Settled(EventTopic topic, DeliveryStatus status) => Interlocked.Read(ref _outcomes[((int)topic * 4) + (int)status]);

    /// <summary>Appends a group whose frames are stamped; the own lane first, then the others' open blocks.</summary>
    public Admission TryAppend(GroupBuffer group, DeliveryWaiter? waiter, ReadOnlySpan<int> countsByTopic)
    {
        if (group.Bytes > GroupBuffer.GroupBytesMax)
            return Admission.TooLarge;
        if (group.BadBytes > 0 && Interlocked.Add(ref _badBytes, group.BadBytes) > _badBytesMax)
        {
            Interlocked.Add(ref _badBytes, -group.BadBytes);
            return Admission.ShareExceeded;
        }

        long nowMs = Clock.NowMs;
        Admission admission = Admission.QueueFull;
        for (int i = 0; i < _lanes.Length && admission == Admission.QueueFull; i++)
        {
            Lane lane = _lanes[(group.LaneHint + i) % _lanes.Length];
            admission = lane.TryAppend(group, waiter, nowMs + _deadlineMs, nowMs, countsByTopic);
        }

        if (admission != Admission.Accepted && group.BadBytes > 0)
            Interlocked.Add(ref _badBytes, -group.BadBytes);
        return admission;
    }

    /// <summary>Gives an event its outcome, once; the last one of a group ends the group, the last group of a block ends the block.</summary>
    public void Settle(QueueBlock block, EventHeader* header, in DeliveryOutcome outcome, CompletedWaiters completed)
    {
        Invariant.Holds(header->State != EventState.Done, "an event gets one outcome");
        header->State = EventState.Done;
        Interlocked.Increment(ref _outcomes[((int)header->Topic * 4) + (int)outcome.Status]);
        GroupHeader* group = (GroupHeader*)(block.Base + header->GroupOffset);
        DeliveryWaiter? waiter = Waiters.Find(group->WaiterIndex);
        if (waiter is not null && waiter.Settle(group->WaiterGeneration, header->Ordinal, outcome))
            completed.Add(waiter);

        // Shipper and delivery thread may both be here for one group; after the decrement it is the last one's alone.
        if (Interlocked.Decrement(ref group->Remaining) != 0)
            return;
        if (group->BadBytes > 0)
            Interlocked.Add(ref _badBytes, -group->BadBytes);
        Interlocked.Add(ref _finishedBytes, group->Length);
        if (block.FinishGroup())
            Pool.Return(block);
    }
}
