using System.Text.Json.Serialization;

namespace AdTracking.SchemaRegistry;

/// <summary>The JSON of Confluent's REST API, as far as this client speaks it.</summary>
internal static class RegistryMessages
{
    public sealed record SchemaBody(
        [property: JsonPropertyName("schema")] string? Schema,
        [property: JsonPropertyName("schemaType")] string? SchemaType = null,
        [property: JsonPropertyName("references")] IReadOnlyList<SchemaReference>? References = null);

    public sealed record IdBody([property: JsonPropertyName("id")] int? Id);

    public sealed record VersionBody(
        [property: JsonPropertyName("subject")] string? Subject,
        [property: JsonPropertyName("version")] int? Version,
        [property: JsonPropertyName("id")] int? Id,
        [property: JsonPropertyName("schema")] string? Schema,
        [property: JsonPropertyName("schemaType")] string? SchemaType,
        [property: JsonPropertyName("references")] IReadOnlyList<SchemaReference>? References);

    public sealed record VerdictBody(
        [property: JsonPropertyName("is_compatible")] bool? IsCompatible,
        [property: JsonPropertyName("messages")] IReadOnlyList<string>? Messages,
        [property: JsonPropertyName("reason")] string? Reason);

    public sealed record LevelBody(
        [property: JsonPropertyName("compatibility")] string? Compatibility = null,
        [property: JsonPropertyName("compatibilityLevel")] string? CompatibilityLevel = null);

    public sealed record ErrorBody(
        [property: JsonPropertyName("error_code")] int? ErrorCode,
        [property: JsonPropertyName("message")] string? Message);
}
