using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Reconciliation;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A pipeline with a journal and without threads, over files and a log in memory that survive it: every step is taken by the test,
/// crashes included.</summary>
internal sealed class JournalHarness : IDisposable
{
    private readonly DeliveryReport[] _reports = new DeliveryReport[1_024];
    private readonly GroupBuffer _buffer = new(QueueHarness.Ids);
    private PipelineCore _core = null!;

    public JournalHarness(PipelineOptions? options = null, int partitions = 2)
    {
        Options = options ?? DefaultOptions();
        Partitions = partitions;
        Time = (ManualTime)Options.TimeProvider;
        KafkaLog = new MemoryKafkaLog(Log, partitions);
        Log.NowMs = () => Time.GetUtcNow().ToUnixTimeMilliseconds();
        Start();
    }

    public PipelineOptions Options { get; set; }

    /// <summary>Topics that Kafka does not have.</summary>
    public IReadOnlyList<EventTopic> Missing { get; set; } = [];

    /// <summary>Partitions of each topic.</summary>
    public int Partitions { get; private set; }

    public ManualTime Time { get; }

    public IJournalFiles Files { get; set; } = new MemoryFiles();

    /// <summary>More than one is for files that may be used by several threads at once.</summary>
    public int ScanThreads { get; set; } = 1;

    public MemoryLog Log { get; } = new();

    public MemoryKafkaLog KafkaLog { get; }

    public Guid BootId { get; set; } = new(7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);

    public MemoryProducer Producer { get; private set; } = null!;

    public List<string> Messages { get; } = [];

    public PipelineCore Core => _core;

    public EventQueue Queue => _core.Queue;

    public BlockPool Pool => _core.Pool;

    public WaiterTable Waiters => _core.Waiters;

    public BatchTable Batches => _core.Batches;

    public SpillJournal Journal => _core.Journal!;

    public Reconciler Reconciler => _core.Reconciler!;

    public JournalStats Stats => Journal.Snapshot();

    public static PipelineOptions DefaultOptions() => new()
    {
        BootstrapServers = "memory",
        SchemaIds = SchemaIds.Fixed(QueueHarness.Ids),
        TimeProvider = new ManualTime(),
        QueueBytesMax = 8 * 1024 * 1024,
        Lanes = 1,
        InFlightEventsMax = 512,
        RequestDeadline = TimeSpan.FromSeconds(60),
        Ack = AckLevel.Durable,
        JournalDirectory = "memory",
        JournalSegmentBytes = 2 * 1024 * 1024,
        JournalBytesMax = 64 * 1024 * 1024,
        ReconcileAfterMs = 1_000,
    };

    /// <summary>Starts over the same files and log. Partitions are known and listed unless the test says that Kafka is away; then <see
    /// cref="Grow"/> finds them. Likewise what is on the disk is read at once, unless the test does it later with <see
    /// cref="Recover"/>.</summary>
    public void Start(bool listed = true, bool known = true, bool recovered = true)
    {
        var rules = new JournalRules { BootId = BootId, ScanThreads = ScanThreads };
        _core = PipelineCore.Open(Options with { Logger = new TextLogger(Messages.Add) }, Files, () => KafkaLog, rules);
        if (recovered)
        {
            Recover();
        }

        Producer = new MemoryProducer(Partitions, Log);
        _core.Shipper.Use(Producer);
        if (known)
        {
            UpdatePartitions();
        }

        if (known && listed)
        {
            ListPartitions();
        }
    }

    /// <summary>Reads what an earlier run has left, and takes it in.</summary>
    public void Recover()
    {
        Journal.Found.Scan();
        Journal.Found.TryAdopt();
    }

    /// <summary>Every topic has so many partitions from now on, and the readiness loop notices.</summary>
    public void Grow(int partitions)
    {
        KafkaLog.PartitionCount = Partitions = partitions;
        UpdatePartitions();
        ListPartitions();
    }

    public void ListPartitions()
    {
        Span<long> end = stackalloc long[1];
        foreach (var partition in _core.Map.Current.All)
        {
            KafkaLog.ListEnds([new LogPartition(partition.Topic, partition.Partition)], end, 0);
            if (end[0] >= 0)
            {
                partition.List(end[0] - 1);
            }
        }

        Journal.SetCluster("memory");
    }

    /// <summary>kill -9: memory is gone, what was written stays.</summary>
    public void Crash() => _core = null!; // its native memory goes with the test run

    /// <summary>A power cut: what was not synced may be gone.</summary>
    public void CutPower(Random random)
    {
        Files = ((MemoryFiles)Files).AfterCrash(random);
        BootId = new Guid(BootId.ToByteArray()[0] + 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Crash();
    }

    /// <summary>Appends a group of impressions, the value's beginning is the key, and returns its waiter.</summary>
    public DeliveryWaiter Append(params ReadOnlySpan<string> values)
    {
        var waiter = Waiters.Rent(values.Length);
        TryAppend(waiter, values).ShouldBe(Admission.Accepted);
        return waiter;
    }

    public Admission TryAppend(DeliveryWaiter? waiter, params ReadOnlySpan<string> values)
    {
        _buffer.Clear(QueueHarness.Ids);
        foreach (var value in values)
        {
            _buffer.TryBegin(EventTopic.Impression, Encoding.UTF8.GetBytes(value[..Math.Min(value.Length, 40)]), out var span).ShouldBeTrue();
            _buffer.Commit(Encoding.UTF8.GetBytes(value, span));
        }

        return Queue.TryAppend(_buffer, waiter);
    }

    /// <summary>Works in what the producer has reported.</summary>
    public void Deliver()
    {
        int count;
        while ((count = Producer.Poll(_reports, 0)) > 0)
        {
            _core.Deliveries.Process(_reports.AsSpan(0, count));
        }
    }

    /// <summary>A tick, answers for everything, and a round of the journal.</summary>
    public void Step(bool answer = true)
    {
        _core.Shipper.Tick();
        if (answer)
        {
            Producer.AnswerAll();
        }

        Deliver();
        Journal.Round();
        Time.Advance(10);
    }

    /// <summary>Lets Kafka be silent until everything is in the journal.</summary>
    public void Spill()
    {
        _core.Shipper.Tick();
        Time.Advance(Options.SyncAfterMs);
        Journal.Round();
    }

    /// <summary>Ends the producer as the delivery thread does after a fatal error, and goes on with a new one.</summary>
    public void ReplaceProducer()
    {
        _core.Shipper.Use(null);
        _core.Gate!.BeginWait();
        Producer.Die("test");
        Producer.Purge();
        Deliver();
        _core.Gate!.EndWait();
        Producer = new MemoryProducer(Partitions, Log);
        _core.Shipper.Use(Producer);
    }

    /// <summary>Steps until nothing waits in memory or in the journal.</summary>
    public void RunToRest()
    {
        for (var round = 0; Queue.WaitingBytes > 0 || !Journal.IsEmpty; round++)
        {
            round.ShouldBeLessThan(20_000, $"{Queue.WaitingBytes} bytes and {Journal.WaitingEvents} events still wait");
            Step();
            Reconciler.Step();
        }
    }

    /// <summary>Every value is in the log once, and nothing else is.</summary>
    public void ShouldHold(params IEnumerable<string> values) =>
        Log.Records.Select(record => record.Value).Order(StringComparer.Ordinal).ShouldBe(values.Order(StringComparer.Ordinal));

    public void Dispose() => _core?.Dispose();

    private void UpdatePartitions()
    {
        Span<int> counts = stackalloc int[EventTopics.Count];
        counts.Fill(Partitions);
        foreach (var topic in Missing)
        {
            counts[(int)topic] = 0;
        }

        _core.Map.Update(counts);
    }
}
