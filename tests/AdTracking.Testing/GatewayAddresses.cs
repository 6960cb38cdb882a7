using System.Text.Json.Serialization;

namespace AdTracking.Testing;

/// <summary>The contents of <c>gateway.json</c>: where a running gateway really listens.</summary>
public sealed record GatewayAddresses(
    [property: JsonPropertyName("pid")] int ProcessId,
    [property: JsonPropertyName("http")] Uri Http,
    [property: JsonPropertyName("admin")] Uri Admin,
    [property: JsonPropertyName("kafka")] string Kafka,
    [property: JsonPropertyName("registry")] string Registry);
