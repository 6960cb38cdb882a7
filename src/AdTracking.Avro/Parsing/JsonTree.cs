using System.Text.Json;

namespace AdTracking.Avro.Parsing;

/// <summary>Reads JSON into <see cref="JsonNode"/>s. Depth is bounded by the reader, so the recursion is.</summary>
internal static class JsonTree
{
    /// <summary>The tree, or null and a problem.</summary>
    public static JsonNode? Read(SchemaDocument source)
    {
        // A byte order mark is no JSON, but editors write it.
        var shift = source.Utf8.StartsWith("\uFEFF"u8) ? 3 : 0;
        Utf8JsonReader reader = new(source.Utf8[shift..], new JsonReaderOptions { MaxDepth = source.Options.DepthMax });
        try
        {
            _ = reader.Read();
            var root = ReadValue(ref reader, source, shift, null, null);
            _ = reader.Read(); // throws on anything behind the value
            return root;
        }
        catch (JsonException problem)
        {
            var message = "The text is not JSON: " + Sentence(problem.Message);
            source.Report(OffsetOf(problem, source, shift), null, SchemaProblemCode.JsonSyntax, message);
        }
        catch (InvalidOperationException problem)
        {
            // Strings with bad UTF-8 or lone surrogates are found when they are taken, and not as a JsonException.
            var message = "The text is not JSON: " + problem.Message;
            source.Report(shift + (int)reader.TokenStartIndex, null, SchemaProblemCode.JsonSyntax, message);
        }

        return null;
    }

    private static JsonNode ReadValue(ref Utf8JsonReader reader, SchemaDocument source, int shift, JsonNode? parent, string? key)
    {
        JsonNode node = new()
        {
            Kind = KindOf(reader.TokenType),
            Start = shift + (int)reader.TokenStartIndex,
            Text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null,
            Parent = parent,
            Key = key,
            Index = key is null && parent is not null ? parent.Items.Count : 0,
        };
        if (node.Kind == JsonValueKind.Object)
        {
            ReadMembers(ref reader, source, shift, node);
        }
        else if (node.Kind == JsonValueKind.Array)
        {
            ReadItems(ref reader, source, shift, node);
        }

        node.End = shift + (int)reader.BytesConsumed;
        return node;
    }

    private static void ReadMembers(ref Utf8JsonReader reader, SchemaDocument source, int shift, JsonNode node)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var keyStart = shift + (int)reader.TokenStartIndex;
            var key = reader.GetString()!;
            _ = reader.Read();
            var value = ReadValue(ref reader, source, shift, node, key);
            if (!node.Members.TryAdd(key, value))
            {
                var message = $"The key \"{Shortened.Of(key)}\" occurs twice in one object.";
                source.Report(keyStart, value, SchemaProblemCode.DuplicateKey, message);
            }
        }
    }

    private static void ReadItems(ref Utf8JsonReader reader, SchemaDocument source, int shift, JsonNode node)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            node.Items.Add(ReadValue(ref reader, source, shift, node, null));
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private static int OffsetOf(JsonException problem, SchemaDocument source, int shift)
    {
        var offset = shift;
        for (var line = problem.LineNumber ?? 0; line > 0; line--)
        {
            offset += source.Utf8[offset..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(offset + (problem.BytePositionInLine ?? 0), source.Utf8.Length);
    }

    // The message ends with a place of its own, from 0 and in bytes: ours says it better.
    private static string Sentence(string message)
    {
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
