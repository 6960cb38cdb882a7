using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdTracking.Avro;

namespace AdTracking.Gateway.Registry;

/// <summary>The body of a look-up or registration: <c>{"schema":"...","schemaType":"AVRO"}</c>.</summary>
internal static class SchemaRequest
{
    private static readonly JsonWriterOptions Minimal = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (string? Schema, RegistryError? Problem) Read(JsonElement body)
    {
        if (body.TryGetProperty("schemaType", out var type) && type.ValueKind != JsonValueKind.Null && type.ToString() != "AVRO")
        {
            return (null, RegistryError.InvalidSchema($"type {type} is not supported, only AVRO"));
        }

        if (body.TryGetProperty("references", out var references) && references is { ValueKind: JsonValueKind.Array } && references.GetArrayLength() > 0)
        {
            return (null, RegistryError.InvalidSchema("references are not supported"));
        }

        return body.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String
            ? Canonical(schema.GetString()!)
            : (null, RegistryError.InvalidSchema("'schema' must be a string that holds an Avro schema"));
    }

    /// <summary>Two texts that differ in white space only are one schema; attributes, docs and defaults count.</summary>
    private static (string? Schema, RegistryError? Problem) Canonical(string text)
    {
        var problem = SchemaParser.Parse(text).Problems.FirstOrDefault(found => !found.IsWarning);
        if (problem is not null)
        {
            return (null, RegistryError.InvalidSchema(problem.ToString()));
        }

        using var parsed = JsonDocument.Parse(text);
        using var buffer = new MemoryStream(text.Length);
        using (var writer = new Utf8JsonWriter(buffer, Minimal))
        {
            parsed.RootElement.WriteTo(writer);
        }

        return (Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length), null);
    }
}
