using AdTracking.Emitter.DeadLetters;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Emitter.Pipeline;

/// <summary>Settings of an <see cref="EventPipeline"/>. Immutable once it runs.</summary>
public sealed record PipelineOptions
{
    /// <summary>Kafka's bootstrap servers.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>librdkafka properties to pass through (security, tuning). What carries a promise cannot be changed by them.</summary>
    public IReadOnlyDictionary<string, string> KafkaProperties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which producer sends events.</summary>
    public ProducerKind Producer { get; init; } = ProducerKind.AdTracking;

    /// <summary>The client.id.</summary>
    public string ClientId { get; init; } = "adtracking";

    /// <summary>Who sends, in the BadEvents of records that Kafka refuses: the gateway's edge id.</summary>
    public string EdgeId { get; init; } = Environment.MachineName;

    /// <summary>Whether records that Kafka refuses for good become BadEvents, for which the schema ids must include the bad-events topic's.
    /// If not, only who waits is told.</summary>
    public bool KeepsRefused { get; init; } = true;

    /// <summary>The topics' names.</summary>
    public TopicNames Topics { get; init; } = new();

    /// <summary>Where schema ids come from, and so which topics are written to.</summary>
    public required SchemaIds SchemaIds { get; init; }

    /// <summary>Memory between the door and Kafka, in bytes: a pool of 1 MiB blocks, at least four.</summary>
    public long QueueBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Places to append to at once; at most a quarter of the blocks.</summary>
    public int Lanes { get; init; } = Environment.ProcessorCount;

    /// <summary>The shortest time between two hand-overs.</summary>
    public int TickMs { get; init; } = 5;

    /// <summary>The longest, while partitions would get few events each. Only librdkafka has its ticks grow: it sends one request per
    /// partition. Requests of our own producer cost the same however many partitions they are for.</summary>
    public int TickMsMax { get; init; } = 25;

    /// <summary>The longest with this <see cref="Producer"/>.</summary>
    internal int TickMsLongest => Producer == ProducerKind.AdTracking ? TickMs : TickMsMax;

    /// <summary>Events that the producer may hold; librdkafka needs about 500 bytes for each.</summary>
    public int InFlightEventsMax { get; init; } = 32_768;

    /// <summary>Bytes of keys and values that the producer may hold.</summary>
    public long InFlightBytesMax { get; init; } = 32L * 1024 * 1024;

    /// <summary>When a caller is told that an event is stored.</summary>
    public AckLevel Ack { get; init; } = AckLevel.Kafka;

    /// <summary>Where the journal is: a directory of its own, that no other process uses. Null: there is none, and <see cref="Ack"/> must
    /// be <see cref="AckLevel.Kafka"/>.</summary>
    public string? JournalDirectory { get; init; }

    /// <summary>Bytes that the journal may take on the disk.</summary>
    public long JournalBytesMax { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Bytes of one of its files.</summary>
    public int JournalSegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long Kafka may take to acknowledge before an event is written to the journal, and how long the in-flight bound may hold
    /// the shipper before blocks start as waiting ones.</summary>
    public int SyncAfterMs { get; init; } = 50;

    /// <summary>How long after the start, or after the death of a producer, the log is taken to show everything that was sent before: a
    /// lagging follower can hide records from readers that long. Only events that may have been sent already wait for it.</summary>
    public int ReconcileAfterMs { get; init; } = 30_000;

    /// <summary>What an earlier run left in the journal is read once this has completed: that takes processor and disk, which a host wants
    /// for its own start first. Read at once where it may say which cluster its events are for, and nothing else does.</summary>
    public Task RecoverAfter { get; init; } = Task.CompletedTask;

    /// <summary>The id of the cluster that events are for, where it is known from an earlier start: another cluster gets nothing. Null:
    /// whichever answers.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Asked with the cluster's id when Kafka has answered, before anything goes there: a host can check topics and make them, or refuse
    /// the cluster. Asked again until it admits the cluster. Null: every cluster is right that <see cref="ClusterId"/> allows.</summary>
    public Func<string, CancellationToken, Task<ClusterVerdict>>? JudgeCluster { get; init; }

    /// <summary>The cluster's log ends with this process (the embedded Kafka): nothing that the journal holds can be in it, so all is sent
    /// and nothing looked for.</summary>
    public bool ClusterForgets { get; init; }

    /// <summary>Where events are counted.</summary>
    public Ledger Ledger { get; init; } = new();

    /// <summary>Bytes of a block; tests of full blocks take small ones.</summary>
    internal int BlockBytes { get; init; } = QueueBlock.Bytes;

    /// <summary>How long a waiter waits at most.</summary>
    public TimeSpan RequestDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Run what awaits a waiter on the delivery thread. Only for continuations that never block; they hold up every
    /// delivery.</summary>
    public bool InlineContinuations { get; init; }

    /// <summary>How long <see cref="EventPipeline.StartAsync(PipelineOptions, CancellationToken)"/> waits for Kafka and the registry before
    /// it goes on without.</summary>
    public TimeSpan StartWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where librdkafka's log goes, and what happens to the pipeline. Called from several threads; must not block.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What of it the producer needs.</summary>
    internal ProducerOptions ProducerOptions => new()
    {
        BootstrapServers = BootstrapServers,
        ClientId = ClientId,
        InFlightEventsMax = InFlightEventsMax,
        InFlightBytesMax = InFlightBytesMax,
        Properties = KafkaProperties,
    };

    /// <summary>Age at which topics and partitions are asked for again: what <see cref="KafkaProperties"/> say, at most a minute.</summary>
    internal TimeSpan MetadataAge =>
        KafkaProperties.TryGetValue("topic.metadata.refresh.interval.ms", out var text) && int.TryParse(text, out var ms) && ms is > 0 and < 60_000
            ? TimeSpan.FromMilliseconds(ms) : TimeSpan.FromMinutes(1);

    /// <summary>What of it the journal needs.</summary>
    internal JournalOptions Journal => new()
    {
        Ack = Ack,
        BytesMax = JournalBytesMax,
        SegmentBytes = JournalSegmentBytes,
        SyncAfterMs = SyncAfterMs,
        RecoverAfter = RecoverAfter,
        ClusterId = ClusterId,
        ClusterForgets = ClusterForgets,
        Logger = Logger,
    };

    /// <summary>What of it dead letters need.</summary>
    internal DeadLetterOptions DeadLetters => new()
    {
        KeepsRefused = KeepsRefused,
        EdgeId = EdgeId,
        Topics = Topics,
        SchemaIds = SchemaIds,
        TimeProvider = TimeProvider,
    };

    /// <summary>Every problem with these settings; empty when a pipeline can be started with them. Each begins with the name of its
    /// option.</summary>
    public IReadOnlyList<string> Validate() => Validate(out _, out _);

    internal List<string> Validate(out KafkaClients clients, out IReadOnlyList<string> warnings)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(BootstrapServers))
        {
            problems.Add("BootstrapServers: is empty.");
        }

        Check(problems, QueueBytesMax >= 4L * QueueBlock.Bytes, "QueueBytesMax: must be at least 4 MiB.");
        Check(problems, QueueBytesMax <= 32L * 1024 * QueueBlock.Bytes, "QueueBytesMax: must be at most 32 GiB.");
        Check(problems, Lanes >= 1, "Lanes: must be at least 1.");
        Check(problems, TickMs is >= 1 and <= 1_000, "TickMs: must be 1 to 1000.");
        Check(problems, TickMsMax >= TickMs && TickMsMax <= 1_000, "TickMsMax: must be at least TickMs and at most 1000.");
        Check(problems, InFlightEventsMax is >= 64 and <= 1_000_000, "InFlightEventsMax: must be 64 to 1000000.");
        Check(problems, InFlightBytesMax >= 1024 * 1024, "InFlightBytesMax: must be at least 1 MiB.");
        Check(problems, SyncAfterMs >= 1, "SyncAfterMs: must be at least 1.");
        Check(problems, ReconcileAfterMs >= 0, "ReconcileAfterMs: must not be negative.");
        Check(problems, JournalSegmentBytes is >= 2 * 1024 * 1024 and <= 1024 * 1024 * 1024, "JournalSegmentBytes: must be 2 MiB to 1 GiB.");
        Check(problems, JournalBytesMax >= 4L * JournalSegmentBytes, "JournalBytesMax: must be at least four times JournalSegmentBytes.");
        Check(problems, Ack == AckLevel.Kafka || JournalDirectory is not null, "Ack: durable and journaled need a JournalDirectory.");
        Check(problems, RequestDeadline > TimeSpan.FromMilliseconds(TickMsMax), "RequestDeadline: must be longer than TickMsMax.");
        Check(problems, Topics.All.Distinct(StringComparer.Ordinal).Count() == Topics.All.Count, "Topics: every topic needs a name of its own.");
        clients = CreateClients(problems, out warnings);
        return problems;
    }

    private KafkaClients CreateClients(List<string> problems, out IReadOnlyList<string> warnings)
    {
        warnings = ProducerRules.Warnings(KafkaProperties);
        if (Producer == ProducerKind.AdTracking)
        {
            var own = AdTrackingProducerSettings.From(ProducerOptions, Topics, problems);
            return new KafkaClients(
                () => new AdTrackingProducer(own, Logger, TimeProvider),
                () => new AdTrackingLog(own.Producer.BootstrapServers, own.Connections, Topics));
        }

        var settings = ProducerSettings.From(ProducerOptions, problems);
        return new KafkaClients(
            () => new KafkaProducer(settings, Topics, SchemaIds.Topics, Logger, TimeProvider),
            () => new KafkaLog(BootstrapServers, KafkaProperties, Topics));
    }

    private static void Check(List<string> problems, bool holds, string problem)
    {
        if (!holds)
        {
            problems.Add(problem);
        }
    }
}
