using System.Text.Json;

namespace AdTracking.Oracle.Reading;

/// <summary>A type of an Avro schema, as far as reading needs it. A reader of our own, so that the gateway's Avro code is not its own judge.</summary>
internal sealed record AvroType(string Name, AvroType[] Parts, string[] FieldNames)
{
    /// <summary>Parses a schema.</summary>
    public static AvroType Parse(string schema)
    {
        using var json = JsonDocument.Parse(schema);
        return Of(json.RootElement, new Dictionary<string, AvroType>(StringComparer.Ordinal));
    }

    private static AvroType Of(JsonElement json, Dictionary<string, AvroType> named)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return named.GetValueOrDefault(json.GetString()!) ?? new AvroType(json.GetString()!, [], []);
        }

        if (json.ValueKind == JsonValueKind.Array)
        {
            return new AvroType("union", [.. json.EnumerateArray().Select(branch => Of(branch, named))], []);
        }

        var type = json.GetProperty("type");
        if (type.ValueKind != JsonValueKind.String)
        {
            return Of(type, named);
        }

        var result = type.GetString() switch
        {
            "record" => Record(json, named),
            "array" => new AvroType("array", [Of(json.GetProperty("items"), named)], []),
            "map" => new AvroType("map", [Of(json.GetProperty("values"), named)], []),
            "enum" => new AvroType("enum", [], [.. json.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()!)]),
            _ => Of(type, named),
        };
        if (json.TryGetProperty("name", out var name))
        {
            named[name.GetString()!] = result;
        }

        return result;
    }

    private static AvroType Record(JsonElement json, Dictionary<string, AvroType> named)
    {
        var fields = json.GetProperty("fields").EnumerateArray().ToList();
        return new AvroType(
            "record",
            [.. fields.Select(field => Of(field.GetProperty("type"), named))],
            [.. fields.Select(field => field.GetProperty("name").GetString()!)]);
    }
}
