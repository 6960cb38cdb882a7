using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Emitter.Testing.Fakes;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>The emitter's own parts, put together as the pipeline does, with steps in place of threads.</summary>
internal sealed class SimCore : IDisposable
{
    private const int BlockBytes = 4 * 1024;
    private readonly SimWorld _world;
    private readonly SimFiles _files;
    private readonly SimKafkaLog _log;
    private readonly PipelineOptions _options;
    private readonly DeliveryReport[] _reports = new DeliveryReport[256];
    private LogPartition[] _partitions = [];
    private long[] _ends = [];
    private PipelineCore? _core;
    private readonly long _awayUntilMs;
    private bool _allListed;
    private bool _isRecovered;

    /// <summary>A process that starts; until some moment it does not know what partitions there are, or from the beginning, with 0.</summary>
    public SimCore(SimWorld world, SimFiles files, SimKafkaLog log, long awayUntilMs)
    {
        _awayUntilMs = awayUntilMs;
        _world = world;
        _files = files;
        _log = log;
        _options = Options(world);
        Producer = NewProducer();
    }

    public EventQueue Queue => _core!.Queue;

    public WaiterTable Waiters => _core!.Waiters;

    public SimProducer Producer { get; private set; }

    public SpillJournal Journal => _core!.Journal!;

    /// <summary>The journal was opened: the process takes requests.</summary>
    public bool IsOpen => _core is not null;

    /// <summary>What an earlier life has left is not read yet.</summary>
    public bool IsRecovering => !_isRecovered;

    /// <summary>It has not seen Kafka yet.</summary>
    public bool IsAway => _world.NowMs < _awayUntilMs;

    /// <summary>Nothing waits anywhere.</summary>
    public bool IsDrained =>
        IsOpen && Queue.WaitingBytes == 0 && !Journal.Found.IsPending && _core!.Batches.Count == 0 && Producer.Held == 0 && _world.Kafka.Late == 0;

    public void Open()
    {
        _core = PipelineCore.Open(_options, _files, () => _log, new JournalRules
        {
            BootId = _world.BootId,
            NewBatchId = () => _world.Random.NextBits() | 1,
            MarksAtSpill = _world.Variant == SimVariant.MarkOfSpill,
            HandsOverWhileWriting = _world.Variant == SimVariant.HandOverWhileWriting,
            ReadingEventsMax = _world.Random.OneIn(2) ? 16 : 4_096,
            BatchBytesMax = 8 * 1024,
            HeaderBytesReserved = 512,
            ScanThreads = 1,
        });
        if (_world.RecoversAtOnce)
        {
            Recover();
        }

        if (_awayUntilMs == 0)
        {
            FindPartitions();
        }

        _core.Shipper.Use(Producer);
    }

    /// <summary>Reads what an earlier life has left; the next round takes it in.</summary>
    public void Recover()
    {
        if (_isRecovered)
        {
            return;
        }

        _isRecovered = true;
        Journal.Found.Scan();
        _world.Trace?.Invoke($"found {Journal.Found.EventCount} events, questionable {Journal.Found.InDoubtCount}, "
            + $"missing {Journal.Found.MissingCount}; {string.Join(" | ", Journal.Found.Damage)}");
        if (_world.RecoversAtOnce)
        {
            Journal.Found.TryAdopt();
        }
    }

    public bool TryAppend(GroupBuffer group, DeliveryWaiter? waiter)
    {
        if (Journal.Refusing || (_core!.Shipper.RefusesStalled && _core!.Map.Current.HasStalled(group)))
        {
            return false;
        }

        return Queue.TryAppend(group, waiter) == Admission.Accepted;
    }

    public void Deliver()
    {
        var count = Producer.Poll(_reports, 0);
        if (count > 0)
        {
            _core!.Deliveries.Process(_reports.AsSpan(0, count));
        }
    }

    public void Ship() => _core!.Shipper.Tick();

    public void JournalRound()
    {
        if (!_allListed && !IsAway)
        {
            FindPartitions();
            ListPartitions();
        }

        if (_world.Variant == SimVariant.CopiedAside)
        {
            SimCopyAside.Run(_core!);
        }

        Journal.Round();
        _world.Trace?.Invoke($"{_world.NowMs} round: {Describe()}");
    }

    public void ReconcileStep() => _core!.Reconciler!.Step();

    /// <summary>The producer dies; what it cannot tell is questioned, and another one takes over.</summary>
    public void ReplaceProducer()
    {
        Producer.Die();
        _core!.Gate!.BeginWait();
        _core!.Shipper.Use(null);
        Producer.Purge();
        int count;
        while ((count = Producer.Poll(_reports, 0)) > 0)
        {
            _core!.Deliveries.Process(_reports.AsSpan(0, count));
        }

        Producer.Dispose();
        if (_core!.Budget.Events > 0)
        {
            throw new InvalidOperationException("events in flight without a producer");
        }

        Producer = NewProducer();
        _core!.Gate!.EndWait();
        _core!.Shipper.Use(Producer);
    }

    /// <summary>The process is killed: what its producers had sent may still arrive.</summary>
    public void Kill()
    {
        Producer.Kill();
        if (_core is null)
        {
            return;
        }

        var stats = Journal.Snapshot();
        _world.Counts.Spills += (int)stats.Spills;
        _world.Counts.StruckOut += (int)stats.StruckOutEvents;
        _world.Counts.Recovered += (int)stats.RecoveredEvents;
    }

    public string Describe()
    {
        var stats = Journal.Snapshot();
        return $"{Queue.WaitingBytes} bytes in memory, {_core!.Budget.Events} in flight, {stats.WaitingEvents} in the journal, "
            + $"{stats.QuestionableEvents} questionable, {_core!.Batches.Count} batches, late {_world.Kafka.Late}, held {Producer.Held}, {stats.Problem}";
    }

    /// <summary>The account once everything is done, after a start that found so many events on the disk; null, or what is wrong.</summary>
    public string? CheckRest(int eventsFound)
    {
        var totals = _core!.Ledger.Totals();
        var open = totals.Sum(cell => cell[EventOutcome.FateUnknown] + cell[EventOutcome.LeftAtEnd] + cell[EventOutcome.ClickNotStored]);
        if (open != 0)
        {
            return $"{open} events ended in a way that a journal does not allow";
        }

        foreach (var cell in totals)
        {
            if (cell.Waiting != 0 || cell[LedgerColumn.WaitingJournal] != 0)
            {
                return $"the ledger has {cell.Waiting} waiting and {cell[LedgerColumn.WaitingJournal]} in the journal when nothing is left";
            }
        }

        var stats = Journal.Snapshot();
        if (stats.WaitingEvents != 0 || stats.QuestionableEvents != 0 || stats.Segments > 1)
        {
            return $"at rest the journal has {stats.WaitingEvents} waiting, {stats.QuestionableEvents} questionable, {stats.Segments} segments";
        }

        if (stats.RecoveredEvents != eventsFound)
        {
            return $"the disk held {eventsFound} events, and {stats.RecoveredEvents} were recovered";
        }

        return _core!.Pool.InUse > Queue.Lanes.Length || _core!.Pool.ReadBackInUse > 0 ? $"{_core!.Pool.InUse} blocks are not given back" : null;
    }

    public void Dispose()
    {
        _core?.Dispose();
    }

    private static readonly PipelineOptions BaseOptions = new()
    {
        BootstrapServers = "simulated",
        SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        QueueBytesMax = 8 * BlockBytes,
        BlockBytes = BlockBytes,
        RequestDeadline = TimeSpan.FromSeconds(2),
        SyncAfterMs = 30,
        Ack = AckLevel.Durable,
        JournalDirectory = "simulated",
        JournalSegmentBytes = 16 * 1024,
    };

    private static PipelineOptions Options(SimWorld world) => BaseOptions with
    {
        TimeProvider = world.Time,
        Ledger = world.NewLedger(),
        Lanes = world.Random.Between(1, 2),
        InFlightEventsMax = world.Random.OneIn(2) ? world.Random.Between(4, 24) : 256,
        ReconcileAfterMs = world.Variant == SimVariant.NoReconcileWait ? 0 : SimKafka.VisibleMs,
        JournalBytesMax = world.Random.OneIn(4) ? 4 * 17 * 1024 : 1024 * 1024,
        Logger = world.Trace is { } trace ? new TextLogger(trace) : NullLogger.Instance,
    };

    private SimProducer NewProducer()
    {
        var producer = new SimProducer(_world.Kafka, _world.Model, _world.Random, () => _world.NowMs) { IsCalm = _log.IsCalm };
        return producer;
    }

    private void FindPartitions()
    {
        Span<int> counts = stackalloc int[EventTopics.Count];
        counts.Fill(_world.Kafka.PartitionCount);
        _core!.Map.Update(counts);
        var all = _core.Map.Current.All;
        _partitions = new LogPartition[all.Length];
        _ends = new long[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            _partitions[i] = new LogPartition(all[i].Topic, all[i].Partition);
        }
    }

    private void ListPartitions()
    {
        _log.ListEnds(_partitions, _ends, 0);
        _allListed = true;
        var all = _core!.Map.Current.All;
        for (var i = 0; i < _ends.Length; i++)
        {
            if (_ends[i] >= 0)
            {
                all[i].List(_ends[i] - 1);
            }

            _allListed &= all[i].IsListed;
        }
    }
}
