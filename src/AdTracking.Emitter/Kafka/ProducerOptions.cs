namespace AdTracking.Emitter.Kafka;

/// <summary>What <see cref="ProducerSettings"/> are made from.</summary>
internal sealed record ProducerOptions
{
    /// <summary>Kafka's bootstrap servers.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>librdkafka's client.id.</summary>
    public required string ClientId { get; init; }

    /// <summary>Events that the producer is given at once at most.</summary>
    public required int InFlightEventsMax { get; init; }

    /// <summary>Bytes of keys and values that it is given at once at most.</summary>
    public required long InFlightBytesMax { get; init; }

    /// <summary>librdkafka properties of the user.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }
}

/// <summary>Which producer sends events to Kafka.</summary>
public enum ProducerKind
{
    /// <summary>librdkafka: one request per partition.</summary>
    Librdkafka,

    /// <summary>Our own: one request per broker carries batches of all partitions.</summary>
    AdTracking,
}
