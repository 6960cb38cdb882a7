using System.Diagnostics;
using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Logging;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Pipeline;

/// <summary>The running pipeline: queue, shipper, producer, deliveries and, where one is configured, the journal. Append a group of encoded
/// events; its waiter completes when each of them is acknowledged by Kafka or stored in the journal, whichever happens first. Safe to use from
/// any number of threads.</summary>
public sealed class EventPipeline : IAsyncDisposable
{
    private readonly PipelineOptions _options;
    private readonly PipelineCore _core;
    private readonly int _writtenBits;
    private readonly ShipperThread _shipperThread;
    private readonly DeliveryThread _deliveryThread;
    private readonly MetadataRefresher _metadata;
    private readonly PipelineReport _report;
    private readonly JournalThread? _journalThread;
    private readonly ReconcilerThread? _reconcilerThread;
    private readonly IDisposable? _directoryLock;
    private readonly ITimer _deadlines;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _draining;
    private int _disposed;

    private EventPipeline(
        PipelineOptions options, PipelineCore core, Func<IEventProducer> createProducer, Func<IKafkaLog> createLog, IDisposable? directoryLock)
    {
        _options = options;
        _core = core;
        _directoryLock = directoryLock;
        _writtenBits = options.SchemaIds.Topics.Aggregate(0, (bits, topic) => bits | (1 << (int)topic));
        var policy = new TickPolicy(options.TickMs, options.TickMsLongest);
        _shipperThread = new ShipperThread(core.Shipper, policy, core.ShipperSignal, core.Journal is null ? null : core.JournalSignal);
        if (core.Journal is not null)
        {
            _journalThread = new JournalThread(core.Journal, core.JournalSignal);
            _reconcilerThread = new ReconcilerThread(core.Reconciler!);
        }

        _deliveryThread = new DeliveryThread(new DeliveryThreadParts
        {
            Clock = core.Clock,
            Queue = core.Queue,
            Deliveries = core.Deliveries,
            Shipper = core.Shipper,
            Budget = core.Budget,
            Gate = core.Gate,
            JournalSignal = core.JournalSignal,
            CreateProducer = createProducer,
            Progress = OnProgress,
            Logger = options.Logger,
        });
        _metadata = new MetadataRefresher(options, core, () => _deliveryThread.Producer, createLog);
        _report = new PipelineReport(options, core, _metadata, _shipperThread, _deliveryThread, policy);
        var sweep = TimeSpan.FromMilliseconds(Math.Clamp(options.RequestDeadline.TotalMilliseconds / 10, 10, 100));
        _deadlines = options.TimeProvider.CreateTimer(_ => core.Waiters.Expire(core.Clock.NowMs), null, sweep, sweep);
    }

    /// <summary>Whether events can be stored, and what is wrong.</summary>
    public PipelineState State => _report.State(Volatile.Read(ref _draining) != 0);

    /// <summary>The id of the cluster that events go to; null until Kafka has said it.</summary>
    public string? ClusterId => _deliveryThread.Producer.ClusterId;

    /// <summary>Starts a pipeline. Waits up to <see cref="PipelineOptions.StartWait"/> for Kafka and the schema ids, and goes on trying in
    /// the background after that: until then the door says <see cref="Admission.NotReady"/>.</summary>
    /// <exception cref="KafkaConfigurationException">The options have problems; it lists them all.</exception>
    public static async Task<EventPipeline> StartAsync(PipelineOptions options, CancellationToken cancellation = default)
    {
        var problems = options.Validate(out var clients, out var warnings);
        if (problems.Count > 0)
        {
            throw new KafkaConfigurationException(problems);
        }

        foreach (var warning in warnings)
        {
            EmitterLog.OptionWarning(options.Logger, warning);
        }

        var directoryLock = options.JournalDirectory is null ? null : JournalLock.Take(options.JournalDirectory);
        try
        {
            return await StartAsync(
                options,
                clients.CreateProducer,
                clients.CreateLog,
                options.JournalDirectory is null ? null : new PosixFiles(options.JournalDirectory),
                directoryLock,
                cancellation);
        }
        catch
        {
            directoryLock?.Dispose();
            throw;
        }
    }

    internal static Task<EventPipeline> StartAsync(
        PipelineOptions options, Func<IEventProducer> createProducer, CancellationToken cancellation = default) =>
        StartAsync(options, createProducer, () => throw new UnreachableException("Without a journal nothing is looked for."), null, null, cancellation);

    internal static async Task<EventPipeline> StartAsync(
        PipelineOptions options,
        Func<IEventProducer> createProducer,
        Func<IKafkaLog> createLog,
        IJournalFiles? files,
        IDisposable? directoryLock = null,
        CancellationToken cancellation = default)
    {
        var pipeline = Create(options, createProducer, createLog, files, directoryLock);
        pipeline._deliveryThread.Start();
        pipeline._shipperThread.Start();
        pipeline._metadata.Start();
        pipeline._journalThread?.Start();
        pipeline._reconcilerThread?.Start();
        try
        {
            await pipeline._metadata.FirstReady.WaitAsync(options.StartWait, options.TimeProvider, cancellation);
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

    private static EventPipeline Create(
        PipelineOptions options, Func<IEventProducer> createProducer, Func<IKafkaLog> createLog, IJournalFiles? files, IDisposable? directoryLock)
    {
        var core = PipelineCore.Open(options, files, createLog);
        try
        {
            return new EventPipeline(options, core, createProducer, createLog, directoryLock);
        }
        catch
        {
            core.Dispose();
            throw;
        }
    }

    /// <summary>A waiter for a request of so many events. Give it back with <see cref="Return"/>.</summary>
    public DeliveryWaiter RentWaiter(int eventCount) => _core.Waiters.Rent(eventCount);

    /// <summary>Takes a waiter back, after it completed, or when it was not appended with.</summary>
    public void Return(DeliveryWaiter waiter) => _core.Waiters.Return(waiter);

    /// <summary>The calling thread's own buffer, ready for the next group.</summary>
    public GroupBuffer BeginGroup() => GroupBuffer.ForThisThread(_options.SchemaIds.Current);

    /// <summary>Appends a group, whole or not at all. The buffer may be reused at once. Without a waiter the events are delivered and
    /// counted, and nobody is told.</summary>
    public Admission TryAppend(GroupBuffer group, DeliveryWaiter? waiter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group.EventCount, nameof(group));
        var table = _core.Map.Current;
        if ((_options.Ack == AckLevel.Kafka && !table.IsComplete) || _metadata.IsClusterRefused
            || (group.TopicBits & ~_writtenBits) != 0 || !group.IsFramed)
        {
            return Admission.NotReady;
        }

        if (_core.Journal is { Refusing: true } || (_core.Shipper.RefusesStalled && table.IsComplete && table.HasStalled(group)))
        {
            return Admission.QueueFull;
        }

        var admission = _core.Queue.TryAppend(group, waiter);
        if (admission == Admission.Accepted)
        {
            _core.ShipperSignal.Notify();
        }

        return admission;
    }

    /// <summary>Refuses new groups and waits until all accepted events have their outcome, or the time is over. True: all have.</summary>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        Interlocked.Exchange(ref _draining, 1);
        _core.Queue.CloseDoor();
        OnProgress();
        await using var cut = CutQuestions(timeout);
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
    public PipelineStats Snapshot() => _report.Snapshot();

    /// <summary>Ends it at once; waiters complete as stopped. Drain first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _core.Queue.CloseDoor();
        await _metadata.StopAsync();
        _shipperThread.Dispose();
        _deliveryThread.Dispose();
        _reconcilerThread?.Stop();
        _journalThread?.Dispose();
        _reconcilerThread?.Dispose();
        _core.Journal?.SpillRest();

        // Ending a producer can take half a minute: until then requests have their deadlines.
        await _deadlines.DisposeAsync();
        _core.Waiters.Stop();
        _metadata.Dispose();
        _core.Dispose();
        _directoryLock?.Dispose();
    }

    // What asks Kafka stops asking so early that no answer is waited for at the deadline: a question to a Kafka that is away takes its time.
    private ITimer? CutQuestions(TimeSpan deadline)
    {
        if (deadline == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        var due = deadline - TimeSpan.FromMilliseconds(_metadata.QuestionMs);
        return _options.TimeProvider.CreateTimer(Cut, null, due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        void Cut(object? state)
        {
            _reconcilerThread?.Stop();
            _metadata.Cancel();
        }
    }

    private void OnProgress()
    {
        if (_core.Shipper.HasReturned)
        {
            _core.ShipperSignal.Notify();
        }

        if (Volatile.Read(ref _draining) != 0 && _core.Queue.WaitingBytes == 0 && _core.Journal is null or { IsEmpty: true })
        {
            _drained.TrySetResult();
        }
    }
}
