using System.Text.Json.Nodes;
using Node = System.Text.Json.Nodes.JsonNode;

namespace AdTracking.Avro.Testing;

/// <summary>Random schemas, and what a developer might make of them: fields come, go, move and change their names, types and defaults.</summary>
internal sealed class EvolvingSchemas(Random random)
{
    private static readonly string[] Primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
    private readonly List<string> _records = [];
    private int _names;

    public Node Schema(int depth)
    {
        switch (random.Next(depth > 0 ? 16 : 9))
        {
            case 8:
                return Enum();
            case 9:
                return Fixed();
            case 10:
                return new JsonObject { ["type"] = "array", ["items"] = Schema(depth - 1) };
            case 11:
                return new JsonObject { ["type"] = "map", ["values"] = Schema(depth - 1) };
            case 12 or 13:
                return Union(depth - 1);
            case >= 14:
                return Record(depth - 1);
            default:
                return JsonValue.Create(Primitives[random.Next(Primitives.Length)]);
        }
    }

    public JsonObject Record(int depth)
    {
        var name = $"N{_names++}";
        _records.Add(name);
        JsonArray fields = [];
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            fields.Add(Field(depth, fields.Count));
        }

        _records.Remove(name);
        return new JsonObject { ["type"] = "record", ["name"] = name, ["fields"] = fields };
    }

    /// <summary>Another version of a schema.</summary>
    public Node Changed(Node schema, int changes)
    {
        var copy = schema.DeepClone();
        JsonObject holder = new() { ["root"] = copy };
        for (var i = 0; i < changes; i++)
        {
            List<Node> nodes = [.. Descendants(copy)];
            Change(nodes[random.Next(nodes.Count)]);
            copy = holder["root"]!;
        }

        holder.Remove("root");
        return copy;
    }

    private static IEnumerable<Node> Descendants(Node node)
    {
        yield return node;
        IEnumerable<Node?> inner = node switch
        {
            JsonArray array => array,
            JsonObject item when item.ContainsKey("fields") => item["fields"]!.AsArray(),
            JsonObject item => new[] { item["items"], item["values"], item["type"] is JsonValue ? null : item["type"] },
            _ => [],
        };
        foreach (var child in inner.Where(child => child is not null).SelectMany(child => Descendants(child!)))
        {
            yield return child;
        }
    }

    private void Change(Node node)
    {
        switch (node)
        {
            case JsonArray union when union.Parent is not null:
                ChangeUnion(union);
                break;
            case JsonObject item when item.ContainsKey("fields"):
                ChangeRecord(item);
                break;
            case JsonObject item when item.ContainsKey("symbols"):
                ChangeEnum(item);
                break;
            case JsonObject item when item.ContainsKey("size"):
                item["size"] = random.Next(1, 4);
                break;
            case JsonObject field when field.ContainsKey("name"):
                ChangeField(field);
                break;
            case JsonValue value when Primitives.Contains(value.GetValue<string>()):
                Replace(value, random.Next(3) == 0 ? new JsonArray("null", value.DeepClone()) : JsonValue.Create(Primitives[random.Next(1, 8)]));
                break;
        }
    }

    private void ChangeUnion(JsonArray union)
    {
        if (union.Count > 1 && random.Next(3) == 0)
        {
            union.RemoveAt(random.Next(union.Count));
        }
        else if (random.Next(2) == 0 && Primitives.FirstOrDefault(name => union.All(branch => branch!.ToJsonString() != $"\"{name}\"")) is { } another)
        {
            union.Insert(random.Next(union.Count + 1), JsonValue.Create(another));
        }
        else if (union.Count == 1)
        {
            Replace(union, union[0]!.DeepClone());
        }
    }

    private void ChangeRecord(JsonObject record)
    {
        var fields = record["fields"]!.AsArray();
        switch (random.Next(5))
        {
            case 0 when fields.Count > 1:
                fields.RemoveAt(random.Next(fields.Count));
                break;
            case 1 when fields.Count > 1:
                var moved = fields[0]!;
                fields.RemoveAt(0);
                fields.Add(moved);
                break;
            case 2 when !IsNamedInside(record):
                Rename(record);
                break;
            default:
                fields.Insert(random.Next(fields.Count + 1), Field(0, 100 + _names++));
                break;
        }
    }

    private static bool IsNamedInside(JsonObject record) =>
        record["fields"]!.ToJsonString().Contains($"\"{record["name"]!.GetValue<string>()}\"", StringComparison.Ordinal);

    private void ChangeEnum(JsonObject symbols)
    {
        var list = symbols["symbols"]!.AsArray();
        if (random.Next(4) == 0)
        {
            Rename(symbols);
        }
        else if (random.Next(2) == 0)
        {
            list.Insert(random.Next(list.Count + 1), JsonValue.Create($"S{_names++}"));
        }
        else if (symbols["default"] is null)
        {
            symbols["default"] = list[0]!.DeepClone();
        }
        else
        {
            symbols.Remove("default");
        }
    }

    private void ChangeField(JsonObject field)
    {
        if (random.Next(2) == 0)
        {
            Rename(field);
        }
        else
        {
            field.Remove("default");
        }
    }

    private void Rename(JsonObject named)
    {
        if (random.Next(3) > 0)
        {
            named["aliases"] = new JsonArray(named["name"]!.DeepClone());
        }

        named["name"] = $"M{_names++}";
    }

    private static void Replace(Node old, Node replacement)
    {
        if (old.Parent is JsonArray array)
        {
            var text = replacement.ToJsonString();
            if (replacement is not JsonArray && array.All(other => other!.ToJsonString() != text))
            {
                array[array.IndexOf(old)] = replacement;
            }
        }
        else if (old.Parent is JsonObject owner)
        {
            owner.Remove("default");
            owner[owner.First(member => member.Value == old).Key] = replacement;
        }
    }

    private JsonObject Field(int depth, int index)
    {
        var type = _records.Count > 0 && random.Next(8) == 0
            ? new JsonArray("null", JsonValue.Create(_records[random.Next(_records.Count)]))
            : Schema(depth);
        JsonObject field = new() { ["name"] = $"f{index}", ["type"] = type };
        if (random.Next(2) == 0 && DefaultOf(type) is { } value)
        {
            field["default"] = value;
        }
        else if (random.Next(2) == 0 && type is JsonArray { Count: > 0 } union && union[0]!.ToJsonString() == "\"null\"")
        {
            field["default"] = null;
        }

        return field;
    }

    private static Node? DefaultOf(Node type) => type switch
    {
        JsonValue name => name.GetValue<string>() switch
        {
            "boolean" => JsonValue.Create(true),
            "int" => JsonValue.Create(-7),
            "long" => JsonValue.Create(1L << 40),
            "float" => JsonValue.Create(0.5f),
            "double" => JsonValue.Create(-2.25),
            "bytes" => JsonValue.Create("a\u00FFb"),
            "string" => JsonValue.Create("d\u00E9f"),
            _ => null,
        },
        JsonObject item when item.ContainsKey("symbols") => item["symbols"]!.AsArray()[^1]!.DeepClone(),
        JsonObject item when item.ContainsKey("items") => new JsonArray(),
        JsonObject item when item.ContainsKey("values") => new JsonObject(),
        JsonArray { Count: > 0 } union => DefaultOf(union[0]!),
        _ => null,
    };

    private JsonObject Enum()
    {
        JsonObject symbols = new() { ["type"] = "enum", ["name"] = $"N{_names++}", ["symbols"] = new JsonArray("A", "B", "C") };
        if (random.Next(2) == 0)
        {
            symbols["default"] = "B";
        }

        return symbols;
    }

    private JsonObject Fixed() => new() { ["type"] = "fixed", ["name"] = $"N{_names++}", ["size"] = random.Next(1, 4) };

    private JsonArray Union(int depth)
    {
        Node[] branches = [.. Primitives.Where(_ => random.Next(4) == 0).Select(name => (Node)JsonValue.Create(name))];
        return random.Next(2) == 0 || branches.Length == 0 ? [.. branches, Record(depth)] : [.. branches];
    }
}
