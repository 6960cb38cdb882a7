using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Records;

namespace AdTracking.Kafka.Producing;

/// <summary>How a producer works.</summary>
internal sealed record ProducerOptions
{
    /// <summary>Brokers to ask first.</summary>
    public required IReadOnlyList<ServerAddress> BootstrapServers { get; init; }

    /// <summary>The topics that records are handed over for; a topic is known by its place here.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>What brokers count quotas by.</summary>
    public string ClientId { get; init; } = "adtracking";

    /// <summary>How batches are packed.</summary>
    public RecordCompression Compression { get; init; } = RecordCompression.Lz4;

    /// <summary>Bytes of a batch before compression. Kafka's own limit is 1,048,588 after it.</summary>
    public int BatchBytesMax { get; init; } = 1_000_000;

    /// <summary>Bytes of a request, as far as more than one batch is concerned.</summary>
    public int RequestBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Requests that a broker may have under way. More than five, and it could not recognise every batch that it has already.</summary>
    public int InFlightMax { get; init; } = 5;

    /// <summary>What an answer may take before the connection is given up.</summary>
    public int RequestTimeoutMs { get; init; } = 30_000;

    /// <summary>What brokers are told to wait for their replicas at most.</summary>
    public int AckTimeoutMs { get; init; } = 30_000;

    /// <summary>Age at which what is known of the cluster is asked for again.</summary>
    public int MetadataAgeMaxMs { get; init; } = 300_000;

    /// <summary>Wait after the first failure.</summary>
    public int BackoffMs { get; init; } = 50;

    /// <summary>Longest wait between two tries.</summary>
    public int BackoffMaxMs { get; init; } = 1_000;

    /// <summary>A partition that has acknowledged nothing for this long may have forgotten us (Kafka's own limit is a day).</summary>
    public int ForgottenAfterMs { get; init; } = 3_600_000;

    /// <summary>Chance, for waits.</summary>
    public Random Random { get; init; } = Random.Shared;
}
