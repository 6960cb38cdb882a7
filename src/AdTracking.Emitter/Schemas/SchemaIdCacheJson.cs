using System.Text.Json.Serialization;

namespace AdTracking.Emitter.Schemas;

/// <summary>How the schema id cache is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SchemaIdCacheEntry[]))]
internal sealed partial class SchemaIdCacheJson : JsonSerializerContext;
