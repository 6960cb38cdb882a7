using AdTracking.Emitter.Kafka;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Hands over what is published: reads the lanes' blocks, lists every event at its partition, and gives each partition's events to
/// the producer, as far as the in-flight bounds allow. One thread at a time calls <see cref="Tick()"/>.</summary>
internal sealed unsafe class Shipper : IDisposable
{
    /// <summary>A partition that has not moved for this long while events wait for it counts as stalled.</summary>
    public const int StallAfterMs = 1_000;

    private readonly ShipperParts _parts;
    private readonly EventQueue _queue;
    private readonly BlockPool _pool;
    private readonly InFlightBudget _budget;
    private readonly ReturnedBlocks? _journalBlocks;
    private readonly CompletedWaiters _completed = new();
    private readonly PartitionSender _sender;
    private readonly BackpressureMonitor _hold;
    private readonly Lock _producerGate = new();
    private IEventProducer? _producer;
    private int _takingPending;
    private bool _refusesStalled;

    private readonly StalledEvents _stalledEvents;

    public Shipper(ShipperParts parts)
    {
        _parts = parts;
        _queue = parts.Queue;
        _pool = parts.Pool;
        _budget = parts.Budget;
        _journalBlocks = parts.JournalBlocks;
        _hold = new BackpressureMonitor(_queue, parts.Health, parts.SyncAfterMs);
        _sender = new PartitionSender(_pool, _budget, parts.Health, parts.DeadLetters, _completed, HasJournal);
        _stalledEvents = new StalledEvents(_queue, _pool, parts.Batches);
    }

    /// <summary>The door refuses events of stalled partitions, since what waits for these pins its share of the blocks.</summary>
    public bool RefusesStalled => Volatile.Read(ref _refusesStalled);

    /// <summary>Events that are listed and wait for their hand-over, stalled partitions included.</summary>
    public int Pending { get; private set; }

    /// <summary>Partitions that got something in the last tick.</summary>
    public int PartitionsTouched { get; private set; }

    /// <summary>Whether events came back from the producer.</summary>
    public bool HasReturned => _parts.Returned.Count > 0;

    /// <summary>Whether the next tick has something to do, whatever comes in until then.</summary>
    public bool HasWork => Pending > 0 || HasReturned || _queue.HasNews || _parts.DeadLetters.HasWork || _journalBlocks is { IsEmpty: false };

    private bool HasJournal => _journalBlocks is not null;

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
        var table = _parts.Map.Current;
        var nowMs = _parts.Clock.NowMs;
        _parts.DeadLetters.Tick();
        lock (_producerGate)
        {
            if (_producer is not null && table.IsComplete)
            {
                taken = Tick(_producer, table, nowMs);
            }
            else if (HasJournal)
            {
                _hold.Observe(_queue.HasNews, nowMs);
            }
        }

        _completed.CompleteAll();
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => _sender.Dispose();

    private int Tick(IEventProducer producer, PartitionTable table, long nowMs)
    {
        _parts.Returned.MoveTo(table);
        ReadJournalsBlocks(table);
        if (_takingPending < _budget.EventsMax && !_budget.IsExhausted)
        {
            ReadLanes(table);
        }

        var taken = 0;
        var touched = 0;
        var needsMarks = HasJournal;
        foreach (var partition in table.All)
        {
            if (needsMarks && !partition.IsListed)
            {
                continue;
            }

            var here = _sender.Run(partition, producer, table, nowMs);
            taken += here;
            touched += here > 0 ? 1 : 0;
        }

        PartitionsTouched = touched;
        WatchPartitions(table, nowMs);

        // What is listed may all have left memory for the journal, and then nothing more is read: without the other two, new blocks would
        // start as shipping ones, which stay in memory, and fill it while the journal could take all.
        _hold.Observe(_budget.IsExhausted && (Pending > 0 || _parts.Health.IsHeld || _queue.HasNews), nowMs);
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
                    _pool.Return(block);
                }
            }
        }
    }

    // What was read back, and what the journal could not write.
    private void ReadJournalsBlocks(PartitionTable table)
    {
        while (_journalBlocks?.TryTake() is { } block)
        {
            ReadBlock(block, block.Published, table);
            if (block.Drop())
            {
                _pool.Return(block);
            }
        }
    }

    private void ReadBlock(QueueBlock block, int published, PartitionTable table)
    {
        var groups = new GroupCursor(block, block.Scanned, published);
        while (groups.MoveNext())
        {
            var events = groups.Events;
            while (events.MoveNext())
            {
                var header = events.Header;
                header->GroupOffset = groups.Offset;
                var partition = table.Locate(header->Topic, header->KeyHash);
                var list = block.IsReadBack ? partition.Backlog : partition.Live;
                list.AddLast(EventRef.Of(block, header), header, _pool);
            }
        }

        block.Scanned = groups.Next;
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
        var needsMarks = HasJournal;
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
                _parts.Health.CountRecovery();
            }

            pending += partition.Pending;
            taking += stalls ? 0 : partition.Pending;
            stalled += stalls ? 1 : 0;
        }

        var tooMany = stalled > 0 && PinnedBlocks() > PinnedBlocksMax(stalled, table.EventPartitions);
        if (_journalBlocks is not null)
        {
            // Those that were read back have the journal's few blocks to leave, at once.
            if (stalled > 0)
            {
                pending -= _stalledEvents.Evict(table, backlogOnly: !tooMany);
            }

            tooMany &= _journalBlocks.IsBlocked;
        }

        Pending = pending;
        _takingPending = taking;
        Volatile.Write(ref _refusesStalled, tooMany);
    }

    private int PinnedBlocksMax(int stalled, int partitions) =>
        Math.Clamp((int)((long)_pool.Count * stalled / Math.Max(1, partitions)), _pool.Count / 4, _pool.Count / 2);

    private int PinnedBlocks()
    {
        var pinned = 0;
        foreach (var block in _pool.Blocks)
        {
            pinned += block.IsPinned ? 1 : 0;
        }

        return pinned;
    }
}
