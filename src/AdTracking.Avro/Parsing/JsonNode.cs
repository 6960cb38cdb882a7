using System.Text;
using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>A JSON value with its place in the text; System.Text.Json's own trees do not know theirs.</summary>
internal sealed class JsonNode
{
    public required JsonValueKind Kind { get; init; }

    /// <summary>Offset of the first byte.</summary>
    public required int Start { get; init; }

    /// <summary>Offset after the last byte.</summary>
    public int End { get; set; }

    /// <summary>The text of a string.</summary>
    public string? Text { get; init; }

    /// <summary>The object or array that this value is in.</summary>
    public JsonNode? Parent { get; init; }

    /// <summary>The key in the object that this value is in.</summary>
    public string? Key { get; init; }

    /// <summary>The index in the array that this value is in.</summary>
    public int Index { get; init; }

    /// <summary>Items of an array.</summary>
    public List<JsonNode> Items { get; } = [];

    /// <summary>Members of an object, in order; of a key that occurs twice, the first.</summary>
    public OrderedDictionary<string, JsonNode> Members { get; } = [];

    public JsonNode? Member(string name) => Members.GetValueOrDefault(name);

    /// <summary>The path from the root: <c>$.fields[3].type["odd key"]</c>. Made only for a report: paths kept at every node would make the
    /// work quadratic for a hostile text.</summary>
    public string Path()
    {
        Stack<JsonNode> way = [];
        for (var node = this; node.Parent is not null; node = node.Parent)
        {
            way.Push(node);
        }

        StringBuilder path = new("$");
        foreach (var node in way)
        {
            if (node.Key is null)
            {
                path.Append('[').Append(node.Index).Append(']');
            }
            else if (SchemaName.IsSimple(node.Key))
            {
                path.Append('.').Append(Shortened.Of(node.Key));
            }
            else
            {
                path.Append("[\"").Append(Shortened.Of(node.Key)).Append("\"]");
            }
        }

        return path.ToString();
    }
}
