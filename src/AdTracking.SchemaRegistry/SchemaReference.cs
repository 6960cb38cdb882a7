using System.Text.Json.Serialization;

namespace AdTracking.SchemaRegistry;

/// <summary>A named type that a schema uses and another subject defines.</summary>
/// <param name="Name">The type's full name.</param>
/// <param name="Subject">The subject that defines it.</param>
/// <param name="Version">The version of that subject.</param>
public sealed record SchemaReference(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("version")] int Version);
