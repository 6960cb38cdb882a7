using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Kafka;

/// <summary>What the topics should be like.</summary>
public sealed record TopicAdminOptions
{
    /// <summary>Kafka's bootstrap servers.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>librdkafka properties, as for the producer.</summary>
    public IReadOnlyDictionary<string, string> KafkaProperties { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The topics' names.</summary>
    public TopicNames Topics { get; init; } = new();

    /// <summary>Partitions of a topic that is made.</summary>
    public int PartitionCount { get; init; } = 12;

    /// <summary>Make topics that are missing, with the broker's default replication.</summary>
    public bool Create { get; init; } = true;

    /// <summary>The largest event, key and value together, in bytes: every topic has to take it.</summary>
    public int EventBytesMax { get; init; } = GroupBuffer.ValueBytesMax + GroupBuffer.KeyBytesMax;

    /// <summary>Limit for each question to the cluster.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Does not wait until the time is over when every broker refuses the connection: somebody else asks again.</summary>
    public bool IsImpatient { get; init; }
}
