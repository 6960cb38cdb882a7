using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.SchemaRegistry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Emitter;

/// <summary>Settings of an <see cref="AdEventEmitter"/>. Kafka and a registry are enough.</summary>
public sealed record AdEventEmitterOptions
{
    /// <summary>Kafka's bootstrap servers.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>The Schema Registry, in which the schemas of this build are looked up at start.</summary>
    public required SchemaRegistryOptions Registry { get; init; }

    /// <summary>Register schemas that the registry does not have. For development.</summary>
    public bool AutoRegister { get; init; }

    /// <summary>A file that keeps schema ids, so that the program starts while the registry is down; null for none.</summary>
    public string? SchemaCachePath { get; init; }

    /// <summary>Who writes: stands in every event as <c>edge_id</c>.</summary>
    public string EdgeId { get; init; } = Environment.MachineName;

    /// <summary>The event classes that the program emits. Only their topics have to be in Kafka, and only their schemas in the registry; to
    /// emit another class is a mistake and throws.</summary>
    public IReadOnlyCollection<EventTopic> Emits { get; init; } = [EventTopic.Impression, EventTopic.Click, EventTopic.Engagement];

    /// <summary>The topics' names.</summary>
    public TopicNames Topics { get; init; } = new();

    /// <summary>librdkafka properties to pass through (security, tuning). What carries a promise cannot be changed by them.</summary>
    public IReadOnlyDictionary<string, string> KafkaProperties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which producer sends events.</summary>
    public ProducerKind Producer { get; init; } = ProducerKind.AdTracking;

    /// <summary>Memory between the program and Kafka.</summary>
    public long QueueBytesMax { get; init; } = 16L * 1024 * 1024;

    /// <summary>A directory for a journal, that no other process uses: what Kafka does not take in time goes there, and survives the
    /// program. Null: events that wait for Kafka are in memory only.</summary>
    public string? JournalDirectory { get; init; }

    /// <summary>When <c>EmitAsync</c> says that an event is stored, with a journal.</summary>
    public AckLevel Ack { get; init; } = AckLevel.Durable;

    /// <summary>How long <c>EmitAsync</c> waits for Kafka, or the journal.</summary>
    public TimeSpan DeliveryDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long disposal waits for what is still in the queue.</summary>
    public TimeSpan DrainDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where it logs what is worth a line. Called from several threads; must not block.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>A problem of the pipeline's, under the name that the option has here.</summary>
    internal static string NameOf(string problem) =>
        problem.Replace(nameof(PipelineOptions.RequestDeadline), nameof(DeliveryDeadline), StringComparison.Ordinal);

    internal PipelineOptions ToPipeline(SchemaIds schemaIds) => new()
    {
        BootstrapServers = BootstrapServers,
        SchemaIds = schemaIds,
        KafkaProperties = KafkaProperties,
        Producer = Producer,
        Topics = Topics,
        KeepsRefused = false, // it writes the classes of Emits and nothing else
        EdgeId = EdgeId,
        JournalDirectory = JournalDirectory,
        Ack = JournalDirectory is null ? AckLevel.Kafka : Ack,
        QueueBytesMax = QueueBytesMax,
        RequestDeadline = DeliveryDeadline,
        TimeProvider = TimeProvider,
        Logger = Logger,
    };
}
