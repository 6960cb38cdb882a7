using System.Text.Json;

namespace AdTracking.Avro.Parsing;

/// <summary>A schema's text: where its lines begin, and the problems found in it.</summary>
internal sealed class SchemaDocument
{
    private readonly byte[] _utf8;
    private readonly TextPlaces _places;
    private readonly List<(int Offset, SchemaProblem Problem)> _problems = [];

    public SchemaDocument(ReadOnlySpan<byte> utf8, SchemaParserOptions options)
    {
        _utf8 = utf8.ToArray();
        _places = new TextPlaces(_utf8);
        Options = options;
    }

    public SchemaParserOptions Options { get; }

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public bool HasErrors { get; private set; }

    /// <summary>All problems by place; those found first come first among those of one place.</summary>
    public IReadOnlyList<SchemaProblem> Problems => [.. _problems.OrderBy(entry => entry.Offset).Select(entry => entry.Problem)];

    public void Report(JsonNode node, SchemaProblemCode code, string message) => Report(node.Start, node, code, message);

    public void Report(int offset, JsonNode? node, SchemaProblemCode code, string message)
    {
        HasErrors |= code < SchemaProblemCode.InvalidLogicalType;
        if (_problems.Count >= Options.ProblemsMax)
        {
            return;
        }

        (var line, var column) = Place(offset);
        _problems.Add((offset, new SchemaProblem(line, column, node?.Path() ?? "$", code, message)));
    }

    /// <summary>Line and column of an offset, from 1.</summary>
    public (int Line, int Column) Place(int offset) => _places.Of(offset);

    /// <summary>The value as an element that lives on its own.</summary>
    public JsonElement Element(JsonNode node)
    {
        Utf8JsonReader reader = new(_utf8.AsSpan(node.Start, node.End - node.Start), new JsonReaderOptions { MaxDepth = Options.DepthMax });
        return JsonElement.ParseValue(ref reader);
    }
}
