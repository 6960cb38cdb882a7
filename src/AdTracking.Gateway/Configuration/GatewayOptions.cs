using System.ComponentModel.DataAnnotations;

namespace AdTracking.Gateway.Configuration;

/// <summary>Every setting of the gateway. A property here is a section, a property of a section is a setting:
/// <c>Http:Port</c> is <see cref="HttpOptions.Port"/>. A key without a property is unknown and ends the start.</summary>
internal sealed class GatewayOptions
{
    public HttpOptions Http { get; } = new();

    public AdminOptions Admin { get; } = new();

    public KafkaOptions Kafka { get; } = new();

    public RegistryOptions Registry { get; } = new();

    public DataOptions Data { get; } = new();

    public JournalOptions Journal { get; } = new();

    public QueueOptions Queue { get; } = new();

    public DrainOptions Drain { get; } = new();

    public EdgeOptions Edge { get; } = new();

    public ClickOptions Click { get; } = new();

    public LimitOptions Limits { get; } = new();

    public ProxyOptions Proxies { get; } = new();

    public PrivacyOptions Privacy { get; } = new();

    public OtlpOptions Otlp { get; } = new();

    public TopicOptions Topics { get; } = new();

    public EventOptions Events { get; } = new();
}

internal sealed class DataOptions
{
    [Required]
    public string Directory { get; set; } = "data";
}

internal sealed class EdgeOptions
{
    /// <summary>Names this instance in every event (<c>edge_id</c>). Unset: the host name.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$", ErrorMessage = "must be 1 to 64 letters, digits, '.', '_' or '-'")]
    public string Id { get; set; } = DefaultId();

    private static string DefaultId()
    {
        var kept = Environment.MachineName.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-').Take(64).ToArray();
        return kept.Length == 0 ? "edge" : new string(kept);
    }
}

internal sealed class DrainOptions
{
    [Range(0, 600_000)]
    public int DeadlineMs { get; set; } = 20_000;
}

internal sealed class OtlpOptions
{
    /// <summary>Where metrics are pushed over OTLP/gRPC (or OTLP/HTTP for a path that ends in /v1/metrics). Empty: nowhere.</summary>
    public string Endpoint { get; set; } = "";
}
