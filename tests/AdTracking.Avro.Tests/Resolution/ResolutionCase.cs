using System.Text;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>A random value of a writer's schema, and what our plan makes of it.</summary>
internal sealed record ResolutionCase(string Reader, string Writer, byte[] Data, SchemaResolution Plan, byte[]? Ours)
{
    /// <summary>As the judges read it.</summary>
    public string Line => $"{Reader}\t{Writer}\t{Convert.ToHexString(Data)}";

    /// <summary>A value of a schema that can always be read must be; one of another may be refused, and then says that it cannot be.</summary>
    public static ResolutionCase Of(string reader, string writer, Random random, bool full)
    {
        var plan = SchemaResolution.Plan(Judged.Schema(reader), Judged.Schema(writer));
        RandomValues values = new(random) { AreSmall = !full };
        var data = SlowAvro.Encode(plan.Writer, values.Value(plan.Writer), random);
        using ResolvedBytes target = new();
        var error = plan.Resolve(data, target);
        if (error == AvroReadError.None)
        {
            return new ResolutionCase(reader, writer, data, plan, target.WrittenSpan.ToArray());
        }
        // Bytes may be no text, which no schema can know.
        error.ShouldBeOneOf(plan.IsCompatible ? [AvroReadError.BadUtf8] : [AvroReadError.NotResolvable, AvroReadError.BadUtf8]);
        return new ResolutionCase(reader, writer, data, plan, null);
    }

    /// <summary>A value in the reader's schema, in one form whatever the order of maps, the sign of a NaN or the branch of a number or a text.</summary>
    /// <param name="bytes">The value.</param>
    /// <param name="coarse">Numbers as floats: Python writes a number into the first branch of a union that takes numbers.</param>
    public string Show(byte[] bytes, bool coarse)
    {
        var at = 0;
        var text = Show(Plan.Reader, SlowAvro.Decode(Plan.Reader, bytes, ref at), coarse);
        at.ShouldBe(bytes.Length);
        return text;
    }

    private static string Show(AvroSchema schema, object? value, bool coarse) => (schema, value) switch
    {
        (UnionSchema union, SlowAvro.Branch branch) => Show(union.Branches[branch.Index], branch.Value, coarse),
        (RecordSchema record, List<object?> fields) => "(" + string.Join(',', fields.Select((field, i) => Show(record.Fields[i].Schema, field, coarse))) + ")",
        (ArraySchema array, List<object?> items) => "[" + string.Join(',', items.Select(item => Show(array.Items, item, coarse))) + "]",
        (MapSchema map, List<KeyValuePair<string, object?>> entries) =>
            "{" + string.Join(',', entries.Select(entry => $"{entry.Key}:{Show(map.Values, entry.Value, coarse)}").Order(StringComparer.Ordinal)) + "}",
        (EnumSchema symbols, int index) => symbols.Symbols[index],
        (_, int or long or float or double) when coarse => Convert.ToSingle(value, null).ToString("R"),
        (_, float number) => ((double)number).ToString("R"),
        (_, double number) => number.ToString("R"),
        (_, bool truth) => truth ? "1" : "0", // Python's False is 0
        (_, string text) => "x" + Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        _ => SlowAvro.Show(value),
    };
}
