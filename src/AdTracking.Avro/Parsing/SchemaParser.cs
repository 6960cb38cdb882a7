using System.Text;
using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Reads Avro schemas (Avro 1.12, "Schema Declaration"). It goes on after a problem and reports all of them, each with line, column and
/// path. Hostile text costs bounded time and memory: <see cref="SchemaParserOptions"/>.</summary>
public static class SchemaParser
{
    /// <summary>Parses one schema.</summary>
    /// <param name="utf8">The text, UTF-8, with or without a byte order mark.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="known">Named types of other texts, by full name, that this one may refer to; it may also define them itself.</param>
    public static SchemaParseResult Parse(
        ReadOnlySpan<byte> utf8, SchemaParserOptions? options = null, IReadOnlyDictionary<string, NamedSchema>? known = null)
    {
        options ??= SchemaParserOptions.Default;
        if (utf8.Length > options.BytesMax)
        {
            var message = $"The schema has {utf8.Length} bytes; {options.BytesMax} are allowed.";
            return new SchemaParseResult(null, [new SchemaProblem(1, 1, "$", SchemaProblemCode.TooLarge, message)]);
        }

        SchemaDocument source = new(utf8, options);
        var root = JsonTree.Read(source);
        if (root is null)
        {
            return new SchemaParseResult(null, source.Problems);
        }

        SchemaContext context = new(source, known);
        var schema = TypeParser.Parse(context, root, "");
        context.CheckDefaults();
        return new SchemaParseResult(source.HasErrors ? null : schema, source.Problems);
    }

    /// <summary>Parses one schema.</summary>
    public static SchemaParseResult Parse(string text, SchemaParserOptions? options = null) => Parse(Encoding.UTF8.GetBytes(text), options);

    /// <summary>What a JSON value is, for messages.</summary>
    internal static string Describe(JsonNode node) => node.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"\"{Shortened.Of(node.Text!)}\"",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
