using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AdTracking.Emitter;

/// <summary>
/// The running thing: queue, shipper, producer, deliveries. Append a group of encoded events; its waiter completes when Kafka has
/// acknowledged them all. Safe to use from any number of threads.
/// </summary>
public sealed class EventPipeline : IAsyncDisposable
{
    private readonly PipelineOptions _options;
    private readonly EventQueue _queue;
    private readonly PartitionMap _map = new();
    private readonly InFlightBudget _budget;
    private readonly Deliveries _deliveries;
    private readonly Shipper _shipper;
    private readonly TickPolicy _policy;
    private readonly ShipperThread _shipperThread;
    private readonly DeliveryThread _deliveryThread;
    private readonly Readiness _readiness;
    private readonly Journal? _journal;
    private readonly JournalThread? _journalThread;
    private JournalLock? _lock;
    private readonly ITimer _deadlines;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _draining;
    private int _disposed;

    private EventPipeline(PipelineOptions options, Func<IEventProducer> createProducer, Func<IKafkaLog> createLog, IJournalFiles? files)
    {
        _options = options;
        _queue = new EventQueue(options, new Clock(options.TimeProvider));
        _budget = new InFlightBudget(options.InFlightEventsMax, options.InFlightBytesMax);
        var returned = new ReturnedEvents(_queue.Pool);
        _deliveries = new Deliveries(_queue, _map, _budget, returned);
        _shipper = new Shipper(_queue, _map, _budget, returned, options.SyncAfterMs);
        _policy = new TickPolicy(options.TickMs, options.TickMsMax);
        if (files is not null)
        {
            _journal = OpenJournal(files, createLog);
            _journalThread = new JournalThread(_journal);
        }

        _shipperThread = new ShipperThread(_shipper, _policy, _journalThread is null ? null : _journalThread.Notify);
        _deliveryThread = new DeliveryThread(_deliveries, _shipper, _budget, createProducer, OnProgress, _journal, options.Log);
        _readiness = new Readiness(options, _map, () => _deliveryThread.Producer, _journal, createLog);
        if (_journal is not null)
            _journal.NotifyShipper = _shipperThread.Notify;
        TimeSpan sweep = TimeSpan.FromMilliseconds(Math.Clamp(options.RequestDeadline.TotalMilliseconds / 10, 10, 100));
        _deadlines = options.TimeProvider.CreateTimer(_ => _queue.Waiters.Expire(_queue.Clock.NowMs), null, sweep, sweep);
    }

    /// <summary>Whether events can be stored, and what is wrong.</summary>
    public PipelineState State
    {
        get
        {
            var reasons = new List<string>(_readiness.Problems);
            bool ready = reasons.Count == 0 && Volatile.Read(ref _draining) == 0 && _journal is not { Refusing: true };
            reasons.AddRange(_readiness.Notices);
            if (Volatile.Read(ref _draining) != 0)
                reasons.Add("The pipeline is draining.");
            if (_journal?.Snapshot().Problem is { } disk)
                reasons.Add(disk);
            if (_deliveryThread.Problem is { } problem)
                reasons.Add(problem);
            int stalled = 0;
            foreach (PartitionState partition in _map.Current.All)
                stalled += partition.Stalled ? 1 : 0;
            if (stalled > 0)
                reasons.Add($"{stalled} of {_map.Current.All.Length} partitions take nothing.");
            return new PipelineState(ready, reasons);
        }
    }

    /// <summary>The id of the cluster that events go to; null until Kafka has said it.</summary>
    public string? ClusterId => _deliveryThread.Producer.ClusterId;

    /// <summary>
    /// Starts a pipeline. Waits up to <see cref="PipelineOptions.StartWait"/> for Kafka and the schema ids, and goes on trying in the
    /// background after that: until then the door says <see cref="Admission.NotReady"/>.
    /// </summary>
    /// <exception cref="KafkaConfigurationException">The options have problems; it lists them all.</exception>
    public static async Task<EventPipeline> StartAsync(PipelineOptions options, CancellationToken cancellation = default)
    {
        List<string> problems = options.Validate(out ProducerSettings settings);
        if (problems.Count > 0)
            throw new KafkaConfigurationException(problems);
        foreach (string warning in settings.Warnings)
            options.Log?.Invoke(EmitterLogLevel.Warning, warning);
        JournalLock? journalLock = options.JournalDirectory is null ? null : JournalLock.Take(options.JournalDirectory);
        try
        {
            EventPipeline pipeline = await StartAsync(
                options,
                () => new KafkaProducer(settings, options.Topics, options.Log),
                () => new KafkaLog(options.BootstrapServers, options.KafkaProperties, options.Topics),
                options.JournalDirectory is null ? null : new PosixFiles(options.JournalDirectory),
                cancellation);
            pipeline._lock = journalLock;
            journalLock = null;
            return pipeline;
        }
        finally
        {
            journalLock?.Dispose();
        }
    }

    internal static Task<EventPipeline> StartAsync(
        PipelineOptions options, Func<IEventProducer> createProducer, CancellationToken cancellation = default) =>
        StartAsync(options, createProducer, () => throw new UnreachableException("Without a journal nothing is looked for."), null, cancellation);

    internal static async Task<EventPipeline> StartAsync(
        PipelineOptions options,
        Func<IEventProducer> createProducer,
        Func<IKafkaLog> createLog,
        IJournalFiles? files,
        CancellationToken cancellation = default)
    {
        var pipeline = new EventPipeline(options, createProducer, createLog, files);
        pipeline._deliveryThread.Start();
        pipeline._shipperThread.Start();
        pipeline._readiness.Start();
        pipeline._journalThread?.Start();
        try
        {
            await pipeline._readiness.FirstReady.WaitAsync(options.StartWait, options.TimeProvider, cancellation);
        }
        catch (TimeoutException)
        {
            // It starts all the same; the state says what is missing.
        }
        catch (OperationCanceledException)
        {
            await pipeline.DisposeAsync();
            throw;
        }

        return pipeline;
    }

    /// <summary>A waiter for a request of so many events. Give it back with <see cref="Return"/>.</summary>
    public DeliveryWaiter RentWaiter(int eventCount) => _queue.Waiters.Rent(eventCount);

    /// <summary>Takes a waiter back, after it completed, or when it was not appended with.</summary>
    public void Return(DeliveryWaiter waiter) => _queue.Waiters.Return(waiter);

    /// <summary>
    /// Appends a group, whole or not at all. The buffer may be reused at once. Without a waiter the events are delivered and counted,
    /// and nobody is told.
    /// </summary>
    [SkipLocalsInit]
    public Admission TryAppend(GroupBuffer group, DeliveryWaiter? waiter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group.EventCount, nameof(group));
        Span<int> counts = stackalloc int[EventTopics.Count];
        PartitionTable table = _map.Current;
        if ((_options.Ack == AckLevel.Kafka && !table.IsComplete) || _readiness.IsForeignCluster
            || !group.TryStamp(_options.SchemaIds.Current, counts))
            return Admission.NotReady;
        if (_journal is { Refusing: true } || (_shipper.RefusesStalled && table.IsComplete && group.TouchesStalled(table)))
            return Admission.QueueFull;
        Admission admission = _queue.TryAppend(group, waiter, counts);
        if (admission == Admission.Accepted)
            _shipperThread.Notify();
        return admission;
    }

    /// <summary>Refuses new groups and waits until all accepted events have their outcome, or the time is over. True: all have.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        Interlocked.Exchange(ref _draining, 1);
        _queue.CloseDoor();
        OnProgress();
        try
        {
            await _drained.Task.WaitAsync(timeout, _options.TimeProvider);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>What it holds and has done.</summary>
    public PipelineStats Snapshot()
    {
        var topics = new TopicStats[EventTopics.Count];
        for (int i = 0; i < topics.Length; i++)
            topics[i] = TopicSnapshot((EventTopic)i);
        return new PipelineStats
        {
            QueueBytes = _queue.WaitingBytes,
            BlocksInUse = _queue.Pool.InUse,
            BlocksMax = _queue.Pool.Count,
            OldestAgeMs = _queue.OldestAgeMs,
            InFlightEvents = _budget.Events,
            InFlightBytes = _budget.Bytes,
            Waiters = _queue.Waiters.InUse,
            TickMs = _policy.CurrentMs,
            HandedOver = _shipperThread.HandedOver,
            PartitionBatches = _shipperThread.PartitionBatches,
            PartitionErrors = _deliveries.Errors(KafkaErrorClass.PartitionUnable),
            RecordErrors = _deliveries.Errors(KafkaErrorClass.RecordRefused),
            ProducersReplaced = _deliveryThread.Replaced,
            Topics = topics,
            Journal = _journal?.Snapshot(),
        };
    }

    /// <summary>Ends it at once; waiters complete as stopped. Drain first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _queue.CloseDoor();
        await _readiness.StopAsync();
        await _deadlines.DisposeAsync();
        _shipperThread.Dispose();
        _deliveryThread.Dispose();
        _journalThread?.Dispose();
        _journal?.SpillRest();
        _queue.Waiters.Stop();
        _shipper.Dispose();
        _readiness.Dispose();
        _journal?.Dispose();
        _queue.Pool.Free();
        _lock?.Dispose();
    }

    // The outcomes are read before what came in, so that no event is seen to have left before it came.
    private TopicStats TopicSnapshot(EventTopic topic)
    {
        long delivered = _queue.Settled(topic, DeliveryStatus.Delivered);
        long refused = _queue.Settled(topic, DeliveryStatus.Refused);
        long unknown = _queue.Settled(topic, DeliveryStatus.Unknown);
        return new TopicStats(topic, _queue.Accepted(topic), delivered, refused, unknown);
    }

    private Journal OpenJournal(IJournalFiles files, Func<IKafkaLog> createLog)
    {
        var journal = new Journal(new JournalParts
        {
            Options = _options,
            Queue = _queue,
            Map = _map,
            Shipper = _shipper,
            Budget = _budget,
            Deliveries = _deliveries,
            Files = files,
            BootId = BootId.Read(),
            CreateLog = createLog,
        });
        _queue.Journal = journal;
        foreach (string damage in journal.Found.Damage)
            _options.Log?.Invoke(EmitterLogLevel.Error, "Journal: " + damage);
        return journal;
    }

    private void OnProgress()
    {
        if (_shipper.HasReturned)
            _shipperThread.Notify();
        if (Volatile.Read(ref _draining) != 0 && _queue.WaitingBytes == 0 && _journal is null or { IsEmpty: true })
            _drained.TrySetResult();
    }
}
