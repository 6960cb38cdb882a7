using System.Text;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Tests;

/// <summary>Random schemas, and random values of any schema, as <see cref="SlowAvro"/> has them.</summary>
internal sealed class RandomValues(Random random)
{
    private static readonly string[] Primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
    // Keys of maps begin with a letter: JavaScript moves those that look like numbers to the front.
    private static readonly string[] Texts = ["", "a", "é€", "\U0001F600", "line\nbreak", "base64:AAAA", "\u0001", "\"quoted\\\"", "NaN"];
    private const int UnionDepthMax = 4;
    private int _names;
    private int _depth;

    /// <summary>True for numbers that JavaScript holds exactly.</summary>
    public bool AreSmall { get; init; }

    public string Schema(int depth)
    {
        var kind = random.Next(depth > 0 ? 14 : 10);
        return kind switch
        {
            < 8 => $"\"{Primitives[kind]}\"",
            8 => $$"""{"type":"enum","name":"N{{_names++}}","symbols":["A","B","C"]}""",
            9 => $$"""{"type":"fixed","name":"N{{_names++}}","size":{{random.Next(5)}}}""",
            10 => $$"""{"type":"array","items":{{Schema(depth - 1)}}}""",
            11 => $$"""{"type":"map","values":{{Schema(depth - 1)}}}""",
            12 => Union(depth - 1),
            _ => Record(depth - 1),
        };
    }

    public object? Value(AvroSchema schema) => schema switch
    {
        RecordSchema record => record.Fields.Select(field => Value(field.Schema)).ToList(),
        ArraySchema array => Enumerable.Range(0, random.Next(5)).Select(_ => Value(array.Items)).ToList(),
        MapSchema map => Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"k{i}" + Text(), Value(map.Values))).ToList(),
        UnionSchema union => Branch(union),
        EnumSchema symbols => random.Next(symbols.Symbols.Count),
        FixedSchema @fixed => Bytes(@fixed.Size),
        _ => schema.Type switch
        {
            SchemaType.Null => null,
            SchemaType.Boolean => random.Next(2) == 0,
            SchemaType.Int => (int)Number(),
            SchemaType.Long => Number(),
            SchemaType.Float => random.Next(4) == 0 ? float.NaN : (float)(Number() * 0.37),
            SchemaType.Double => random.Next(4) == 0 ? double.NegativeInfinity : Number() * 0.37,
            SchemaType.Bytes => Bytes(random.Next(5)),
            _ => Text(),
        },
    };

    // Records that hold themselves come to an end: deep inside, null is taken where there is one.
    private SlowAvro.Branch Branch(UnionSchema union)
    {
        var index = _depth > UnionDepthMax && union.NullIndex >= 0 ? union.NullIndex : random.Next(union.Branches.Count);
        _depth++;
        SlowAvro.Branch branch = new(index, Value(union.Branches[index]));
        _depth--;
        return branch;
    }

    private long Number() => unchecked((1L << random.Next(AreSmall ? 50 : 64)) + random.Next(-2, 3)) * (random.Next(2) == 0 ? 1 : -1);

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Text() => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)];

    private string Union(int depth)
    {
        string[] branches = [.. Primitives.Where(_ => random.Next(3) == 0).Select(name => $"\"{name}\""), Record(depth)];
        return "[" + string.Join(',', branches) + "]";
    }

    private string Record(int depth)
    {
        StringBuilder text = new();
        var fields = random.Next(4);
        for (var i = 0; i < fields; i++)
        {
            text.Append(i > 0 ? "," : "").Append($$"""{"name":"f{{i}}","type":{{Schema(depth)}}}""");
        }

        return $$"""{"type":"record","name":"N{{_names++}}","fields":[{{text}}]}""";
    }
}
