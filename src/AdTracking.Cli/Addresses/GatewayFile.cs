using System.Text.Json.Serialization;

namespace AdTracking.Cli.Addresses;

/// <summary>What a running gateway writes to <c>gateway.json</c> in its data directory.</summary>
internal sealed record GatewayFile(
    [property: JsonPropertyName("pid")] int ProcessId,
    [property: JsonPropertyName("http")] Uri Http,
    [property: JsonPropertyName("admin")] Uri? Admin,
    [property: JsonPropertyName("kafka")] string Kafka,
    [property: JsonPropertyName("registry")] Uri Registry);
