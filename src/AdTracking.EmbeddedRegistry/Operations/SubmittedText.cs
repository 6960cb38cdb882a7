using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.EmbeddedRegistry.State;
using AdTracking.SchemaRegistry;

namespace AdTracking.EmbeddedRegistry.Operations;

/// <summary>The schema of a request: parsed, with the types of other subjects that it refers to.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Text">Its text without insignificant white space: two texts that differ in it only are one schema.</param>
/// <param name="References">The types of other subjects.</param>
internal sealed record SubmittedText(AvroSchema Schema, string Text, IReadOnlyList<SchemaReference> References)
{
    private static readonly JsonWriterOptions Minimal = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads <c>{"schema":"...","schemaType":"AVRO","references":[...]}</c>.</summary>
    public static (SubmittedText? Submitted, RegistryError? Problem) Read(RegistryRequest request, RegistryState state)
    {
        if (request.Body.TryGetProperty("schemaType", out var type) && type.ValueKind != JsonValueKind.Null && type.ToString() != "AVRO")
        {
            return (null, RegistryError.InvalidSchema($"type {type} is not supported, only AVRO"));
        }

        if (request.Text("schema") is not { } text)
        {
            return (null, RegistryError.InvalidSchema("Empty schema"));
        }

        var (references, problem) = ReadReferences(request.Body);
        if (problem is not null)
        {
            return (null, problem);
        }

        var known = KnownTypes.Of(references, state, out var missing);
        if (missing is not null)
        {
            return (null, RegistryError.InvalidSchema(missing));
        }

        var parsed = SchemaParser.Parse(Encoding.UTF8.GetBytes(text), known: known);
        return parsed.Schema is { } schema
            ? (new SubmittedText(schema, request.Is("normalize") ? schema.ToString() : Compact(text), references), null)
            : (null, RegistryError.InvalidSchema(parsed.Problems.First(found => !found.IsWarning).ToString()));
    }

    private static (IReadOnlyList<SchemaReference> References, RegistryError? Problem) ReadReferences(JsonElement body)
    {
        if (!body.TryGetProperty("references", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return ([], null);
        }

        try
        {
            var references = list.Deserialize<SchemaReference[]>()!;
            return Array.TrueForAll(references, reference => reference is { Name: not null, Subject: not null })
                ? (references, null)
                : ([], RegistryError.InvalidSchema("a reference has a name, a subject and a version"));
        }
        catch (JsonException broken)
        {
            return ([], RegistryError.InvalidSchema($"references: {broken.Message}"));
        }
    }

    private static string Compact(string text)
    {
        using var parsed = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { MaxDepth = SchemaParserOptions.Default.DepthMax });
        using var buffer = new MemoryStream(text.Length);
        using (var writer = new Utf8JsonWriter(buffer, Minimal))
        {
            parsed.RootElement.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
