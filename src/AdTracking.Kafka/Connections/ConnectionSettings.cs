using AdTracking.Kafka.Authentication;

namespace AdTracking.Kafka.Connections;

/// <summary>How connections are made.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>What brokers write into their logs and count quotas by.</summary>
    public string ClientId { get; init; } = "adtracking";

    /// <summary>TLS, or null for none.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Authentication, or null for none.</summary>
    public ISaslMechanism? Sasl { get; init; }

    /// <summary>Limit for connecting, with TLS and authentication.</summary>
    public int ConnectTimeoutMs { get; init; } = 10_000;

    /// <summary>An answer that claims more bytes than this ends the connection. 16 MiB: 100,000 partitions take less.</summary>
    public int AnswerBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>What is told to brokers as the client's software.</summary>
    public string SoftwareName { get; init; } = "adtracking-kafka";

    /// <summary>Its version.</summary>
    public string SoftwareVersion { get; init; } = typeof(ConnectionSettings).Assembly.GetName().Version?.ToString(3) ?? "0";
}
