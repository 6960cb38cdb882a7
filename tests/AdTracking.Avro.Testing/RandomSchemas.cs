using System.Text;
using System.Text.Json;

namespace AdTracking.Avro.Testing;

/// <summary>Valid schemas of every kind, with the names that make trouble in C#: its words, names that differ in capitals or underscores
/// alone, names of .NET and of what generated code uses.</summary>
internal sealed class RandomSchemas(Random random, string space)
{
    private const int Depth = 4;

    private static readonly string[] FieldNames =
    [
        "int", "class", "event", "foo_bar", "fooBar", "FooBar", "equals", "get_hash_code", "to_string", "encode", "AvroList", "guid", "Guid", "Foo", "foo",
        "_", "__", "_1", "value", "Value", "Kind", "clone", "record", "x", "DateTimeOffset", "item", "writer", "reader", "some", "Schema_Json", "String",
        "date_only", "Deconstruct", "default", "Colour", "object", "this", "global", "namespace", "TryDecode", "AvroNanos", "Holds", "AsFoo",
    ];

    private static readonly string[] TypeNames =
    [
        "Foo", "foo", "FOO_BAR", "FooBar", "class", "String", "Guid", "AvroList", "System", "Kind", "Value", "event", "Task", "DateTimeOffset", "_",
        "__1", "Schema", "FooSchema", "Encode", "Colour", "Nullable", "AvroBytes", "RecordText", "AsFoo", "FooValue", "b", "Object", "global", "Item",
    ];

    private static readonly string[] Spaces = ["", "", "", ".b", ".guid", ".Foo", ".b.c", ".namespace.class", ".system", ".AvroReader"];

    private static readonly string[] Logical =
    [
        """{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}""", """{"type":"bytes","logicalType":"decimal","precision":28}""",
        """{"type":"bytes","logicalType":"decimal","precision":60,"scale":30}""", """{"type":"string","logicalType":"uuid"}""",
        """{"type":"int","logicalType":"date"}""", """{"type":"int","logicalType":"time-millis"}""", """{"type":"long","logicalType":"time-micros"}""",
        """{"type":"long","logicalType":"timestamp-millis"}""", """{"type":"long","logicalType":"timestamp-micros"}""",
        """{"type":"long","logicalType":"timestamp-nanos"}""", """{"type":"long","logicalType":"local-timestamp-millis"}""",
        """{"type":"long","logicalType":"local-timestamp-micros"}""", """{"type":"long","logicalType":"local-timestamp-nanos"}""",
        """{"type":"string","logicalType":"nobody-knows-it"}""",
    ];

    private static readonly string[] Primitives = ["boolean", "int", "long", "float", "double", "bytes", "string"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<(string FullName, RandomType Type)> _defined = [];
    private readonly Stack<string> _open = new();

    /// <summary>The text of a schema file: a record, or sometimes something else.</summary>
    public string File() => random.Next(8) == 0 ? Type(Depth).Json : Record(Depth).Json;

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private bool Sometimes(int oneIn) => random.Next(oneIn) == 0;

    private RandomType Type(int depth) => random.Next(depth > 0 ? 12 : 5) switch
    {
        0 or 1 => Primitive(Any(Primitives)),
        2 => OfLogical(Any(Logical)),
        3 when _defined.Count > 0 => Any(_defined).Type,
        3 => new("\"null\"", static () => "null"),
        4 => Sometimes(2) ? Enum() : Fixed(),
        5 or 6 => Nullable(Inner(depth)),
        7 => Union(depth),
        8 => Array(Inner(depth)),
        9 => Map(Inner(depth)),
        _ => Record(depth - 1),
    };

    // Inside of what can be empty a record may contain itself.
    private RandomType Inner(int depth)
    {
        if (_open.Count == 0 || !Sometimes(4))
        {
            return Type(depth - 1);
        }

        return new($"\"{Any([.. _open])}\"", static () => null);
    }

    private RandomType Record(int depth)
    {
        var name = Name(out var json);
        _open.Push(name);
        var fields = new StringBuilder();
        var values = new List<(string Name, Func<string?> Default)>();
        foreach (var field in FieldNames.OrderBy(_ => random.Next()).Take(random.Next(7)))
        {
            var type = Type(depth);
            var byDefault = Sometimes(3) ? type.Default() : null;
            var doc = Sometimes(4) ? ",\"doc\":" + JsonSerializer.Serialize("a < b & \"c\"\n\u0001 */ \U0001F600") : "";
            fields.Append(fields.Length > 0 ? "," : "").Append($$"""{"name":"{{field}}","type":{{type.Json}}{{doc}}""");
            fields.Append(byDefault is null ? "}" : $",\"default\":{byDefault}}}");
            values.Add((field, type.Default));
        }

        _open.Pop();
        return Defined(name, $$"""{"type":"record",{{json}},"fields":[{{fields}}]}""", () => Joined(values, "{", "}"));
    }

    private RandomType Enum()
    {
        var name = Name(out var json);
        string[] symbols = [.. FieldNames.OrderBy(_ => random.Next()).Take(1 + random.Next(5))];
        var byDefault = Sometimes(2) ? $",\"default\":\"{Any(symbols)}\"" : "";
        var text = $$"""{"type":"enum",{{json}},"symbols":{{JsonSerializer.Serialize(symbols)}}{{byDefault}}}""";
        return Defined(name, text, () => $"\"{Any(symbols)}\"");
    }

    private RandomType Fixed()
    {
        var name = Name(out var json);
        (var size, var logical) = random.Next(5) switch
        {
            0 => (16, ",\"logicalType\":\"uuid\""),
            1 => (12, ",\"logicalType\":\"duration\""),
            2 => (5, ",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2"),
            3 => (20, ",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":0"),
            _ => (1 + random.Next(6), ""),
        };
        return Defined(name, $$"""{"type":"fixed",{{json}},"size":{{size}}{{logical}}}""", () => Bytes(size));
    }

    private RandomType Defined(string name, string json, Func<string?> byDefault)
    {
        _defined.Add((name, new RandomType($"\"{name}\"", byDefault)));
        return new RandomType(json, byDefault);
    }

    private RandomType Primitive(string name) => new($"\"{name}\"", () => name switch
    {
        "boolean" => Any(["true", "false"]),
        "int" => Any(["0", "-1", "2147483647", "-2147483648"]),
        "long" => Any(["0", "7", "-9223372036854775808", "9223372036854775807"]),
        "float" => Any(["0", "-0.0", "1.5", "1e-40", "3.4028235e38"]),
        "double" => Any(["0", "-0.25", "1e300", "-1.7976931348623157e308"]),
        "bytes" => Bytes(random.Next(3)),
        _ => JsonSerializer.Serialize(Any(["", "x\"y\\", "grüße\n{0}\u2028", "\U0001F600", "\"\"\""])),
    });

    private RandomType OfLogical(string json) => new(json, () =>
        json.Contains("\"int\"", StringComparison.Ordinal) ? Any(["0", "19000", "86399999"])
        : json.Contains("\"long\"", StringComparison.Ordinal) ? Any(["0", "1700000000123", "9223372036854775807"])
        : json.Contains("uuid", StringComparison.Ordinal) ? Any(["\"00112233-4455-6677-8899-aabbccddeeff\"", "\"none\""])
        : json.Contains("\"string\"", StringComparison.Ordinal) ? "\"text\"" : Bytes(1 + random.Next(3)));

    private RandomType Nullable(RandomType type)
    {
        if (type.Json == "\"null\"" || type.Json[0] == '[')
        {
            return type;
        }

        return Sometimes(3)
            ? new($"[{type.Json},\"null\"]", type.Default)
            : new($"[\"null\",{type.Json}]", static () => "null");
    }

    // Null is among them, so that a value of a record inside itself can end.
    private RandomType Union(int depth)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal) { "null" };
        var branches = new List<RandomType> { new("\"null\"", static () => "null") };
        var wanted = 2 + random.Next(4);
        for (var tries = 0; branches.Count < wanted && tries < 20; tries++)
        {
            var before = _defined.Count;
            var type = Inner(depth);
            if (type.Json[0] != '[' && kinds.Add(KindOf(type)))
            {
                branches.Add(type);
            }
            else
            {
                _defined.RemoveRange(before, _defined.Count - before); // what it defines goes with it
            }
        }

        // The others stay in their order: a definition comes before its name.
        if (Sometimes(2))
        {
            branches = [.. branches.Skip(1), branches[0]];
        }
        else if (branches.Count > 2 && !branches.Exists(branch => _open.Contains(branch.Json.Trim('"'))))
        {
            branches.RemoveAt(0);
        }

        return new($"[{string.Join(',', branches.Select(static b => b.Json))}]", branches[0].Default);
    }

    // What tells branches apart.
    private string KindOf(RandomType type)
    {
        var schema = JsonDocument.Parse(type.Json).RootElement;
        var kind = schema.ValueKind == JsonValueKind.Object ? schema.GetProperty("type").GetString()! : type.Json.Trim('"');
        return kind is "record" or "enum" or "fixed" ? _defined[^1].FullName : kind;
    }

    private RandomType Array(RandomType items) =>
        new($$"""{"type":"array","items":{{items.Json}}}""", () => Sometimes(3) && items.Default() is { } item ? $"[{item},{item}]" : "[]");

    private RandomType Map(RandomType values) =>
        new($$"""{"type":"map","values":{{values.Json}}}""", () => Sometimes(3) && values.Default() is { } value ? $$"""{"k\"1":{{value}}}""" : "{}");

    private string Bytes(int length) =>
        JsonSerializer.Serialize(string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(256))));

    private static string? Joined(List<(string Name, Func<string?> Default)> fields, string open, string close)
    {
        string?[] parts = [.. fields.Select(static field => field.Default() is { } value ? $"\"{field.Name}\":{value}" : null)];
        return parts.Contains(null) ? null : open + string.Join(',', parts) + close;
    }

    private string Name(out string json)
    {
        var ns = space + Any(Spaces);
        var name = TypeNames.OrderBy(_ => random.Next()).First(candidate => !_taken.Contains($"{ns}.{candidate}"));
        _taken.Add($"{ns}.{name}");
        json = Sometimes(4) ? $"\"name\":\"{ns}.{name}\"" : $"\"name\":\"{name}\",\"namespace\":\"{ns}\"";
        return $"{ns}.{name}";
    }
}
