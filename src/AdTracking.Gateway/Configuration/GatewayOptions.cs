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
