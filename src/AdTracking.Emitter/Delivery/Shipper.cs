using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Hands over what is published: reads the lanes' blocks, lists every event at its partition, and gives each partition's events to
/// the producer, as far as the in-flight bounds allow. One thread at a time calls <see cref="Tick()"/>.</summary>
internal sealed unsafe class Shipper : IDisposable
{
    /// <summary>A partition that has not moved for this long while events wait for it counts as stalled.</summary>
    public const int StallAfterMs = 1_000;

    private readonly EventQueue _queue;
    private readonly PartitionMap _map;
    private readonly InFlightBudget _budget;
    private readonly ReturnedEvents _returned;
    private readonly CompletedWaiters _completed = new();
    private readonly HandOver _handOver;
    private readonly HoldWatch _hold;
    private readonly Lock _producerGate = new();
    private IEventProducer? _producer;
    private int _takingPending;
    private int _recoveries;
    private bool _refusesStalled;

    private readonly StalledEvents _stalledEvents;

    public Shipper(EventQueue queue, PartitionMap map, InFlightBudget budget, ReturnedEvents returned, int syncAfterMs)
    {
        _queue = queue;
        _map = map;
        _budget = budget;
        _returned = returned;
        _hold = new HoldWatch(queue, syncAfterMs);
        _handOver = new HandOver(queue, budget, _completed);
        _stalledEvents = new StalledEvents(queue);
    }

    /// <summary>Whether the in-flight bound, or the lack of a producer, holds what is published back: new blocks wait.</summary>
    public bool IsWaiting => _hold.IsWaiting;

    /// <summary>Changes whenever a partition that took nothing takes again.</summary>
    public int Recoveries => Volatile.Read(ref _recoveries);

    /// <summary>The door refuses events of stalled partitions, since what waits for these pins its share of the blocks.</summary>
    public bool RefusesStalled => Volatile.Read(ref _refusesStalled);

    /// <summary>Events that are listed and wait for their hand-over, stalled partitions included.</summary>
    public int Pending { get; private set; }

    /// <summary>Partitions that got something in the last tick.</summary>
    public int PartitionsTouched { get; private set; }

    /// <summary>Whether events came back from the producer.</summary>
    public bool HasReturned => _returned.Count > 0;

    /// <summary>Whether the next tick has something to do, whatever comes in until then.</summary>
    public bool HasWork => Pending > 0 || _returned.Count > 0 || _queue.HasNews || _queue.DeadLetters.HasWork || _queue.Journal is { HasBlocks: true };

    /// <summary>Changes the producer; null stops the handing over. When it returns, no hand-over to the old one is under way.</summary>
    public void Use(IEventProducer? producer)
    {
        lock (_producerGate)
        {
            _producer = producer;
        }
    }

    /// <summary>One round; returns how many events the producer took. Without a producer nothing moves at all.</summary>
    public int Tick()
    {
        var taken = 0;
        var table = _map.Current;
        var nowMs = _queue.Clock.NowMs;
        _queue.DeadLetters.Tick();
        lock (_producerGate)
        {
            if (_producer is not null && table.IsComplete)
            {
                taken = Tick(_producer, table, nowMs);
            }
            else if (_queue.Journal is not null)
            {
                _hold.Observe(_queue.HasNews, nowMs);
            }
        }

        _completed.CompleteAll();
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => _handOver.Dispose();

    private int Tick(IEventProducer producer, PartitionTable table, long nowMs)
    {
        _returned.MoveTo(table);
        ReadJournalsBlocks(table);
        if (_takingPending < _budget.EventsMax && !_budget.IsExhausted)
        {
            ReadLanes(table);
        }

        var taken = 0;
        var touched = 0;
        var needsMarks = _queue.Journal is not null;
        foreach (var partition in table.All)
        {
            if (needsMarks && !partition.IsListed)
            {
                continue;
            }

            var here = _handOver.Run(partition, producer, table, nowMs);
            taken += here;
            touched += here > 0 ? 1 : 0;
        }

        PartitionsTouched = touched;
        WatchPartitions(table, nowMs);

        // What is listed may all have left memory for the journal, and then nothing more is read: without the other two, new blocks would
        // start as shipping ones, which stay in memory, and fill it while the journal could take all.
        _hold.Observe(_budget.IsExhausted && (Pending > 0 || _hold.IsWaiting || _queue.HasNews), nowMs);
        return taken;
    }

    private void ReadLanes(PartitionTable table)
    {
        foreach (var lane in _queue.Lanes)
        {
            while (lane.First is { } block)
            {
                if (!lane.TryShipFirst())
                {
                    continue;
                }

                var closed = block.Closed;
                ReadBlock(block, block.Published, table);
                if (!closed)
                {
                    break;
                }

                lane.MoveOn();
                if (block.Drop())
                {
                    _queue.Pool.Return(block);
                }
            }
        }
    }

    // What was read back, and what the journal could not write.
    private void ReadJournalsBlocks(PartitionTable table)
    {
        if (_queue.Journal is not { } journal)
        {
            return;
        }

        while (journal.TryTakeBlock() is { } block)
        {
            ReadBlock(block, block.Published, table);
            if (block.Drop())
            {
                _queue.Pool.Return(block);
            }
        }
    }

    private void ReadBlock(QueueBlock block, int published, PartitionTable table)
    {
        var at = block.Scanned;
        while (at < published)
        {
            var group = (GroupHeader*)(block.Base + at);
            var groupAt = at;
            var end = at + group->Length;
            at += GroupHeader.Bytes;
            while (at < end)
            {
                var header = (EventHeader*)(block.Base + at);
                header->GroupOffset = groupAt;
                var partition = table.Locate(header->Topic, header->KeyHash);
                var list = block.IsReadBack ? partition.Backlog : partition.Live;
                list.AddLast(EventRef.Of(block, at), header, _queue.Pool);
                at += header->RecordBytes;
            }
        }

        block.Scanned = at;
    }

    // Partitions that take nothing keep their events where they stand. While others flow, these may pin a quarter of the blocks,
    // or their share of all partitions if that is more, but never more than half: where none takes anything and some are idle, the
    // in-flight bound is never reached, and this is what keeps the pool from running out. Then those that are in the journal leave
    // memory, and without a journal the door refuses events for them.
    private void WatchPartitions(PartitionTable table, long nowMs)
    {
        var pending = 0;
        var taking = 0;
        var stalled = 0;
        var needsMarks = _queue.Journal is not null;
        foreach (var partition in table.All)
        {
            var holds = partition.Pending > 0 || partition.InFlightEvents > 0;
            var stalls = needsMarks
                ? nowMs < partition.RetryAtMs || !partition.IsListed || (holds && nowMs - partition.ProgressAtMs >= StallAfterMs)
                : partition.Pending > 0 && (nowMs < partition.RetryAtMs || nowMs - partition.ProgressAtMs >= StallAfterMs);
            // In this order: whoever sees the new count sees that the partition takes, and passes none of its events over.
            var recovers = partition.Stalled && !stalls;
            partition.Stalled = stalls;
            if (recovers)
            {
                Volatile.Write(ref _recoveries, _recoveries + 1);
            }

            pending += partition.Pending;
            taking += stalls ? 0 : partition.Pending;
            stalled += stalls ? 1 : 0;
        }

        var tooMany = stalled > 0 && PinnedBlocks() > PinnedBlocksMax(stalled, table.EventPartitions);
        if (_queue.Journal is { } journal)
        {
            // Those that were read back have the journal's few blocks to leave, at once.
            if (stalled > 0)
            {
                pending -= _stalledEvents.Evict(table, backlogOnly: !tooMany);
            }

            tooMany &= journal.IsBlocked;
        }

        Pending = pending;
        _takingPending = taking;
        Volatile.Write(ref _refusesStalled, tooMany);
    }

    private int PinnedBlocksMax(int stalled, int partitions) =>
        Math.Clamp((int)((long)_queue.Pool.Count * stalled / Math.Max(1, partitions)), _queue.Pool.Count / 4, _queue.Pool.Count / 2);

    private int PinnedBlocks()
    {
        var pinned = 0;
        foreach (var block in _queue.Pool.Blocks)
        {
            pinned += block.IsPinned ? 1 : 0;
        }

        return pinned;
    }
}
