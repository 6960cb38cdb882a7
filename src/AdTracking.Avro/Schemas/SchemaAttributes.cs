using System.Text.Json;

namespace AdTracking.Avro;

/// <summary>What every node of a schema has beside its type.</summary>
internal sealed record SchemaAttributes(
    LogicalType? LogicalType, IReadOnlyDictionary<string, JsonElement> Properties, int Line, int Column)
{
    public static readonly IReadOnlyDictionary<string, JsonElement> NoProperties = new OrderedDictionary<string, JsonElement>();
}
