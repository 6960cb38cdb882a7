using AdTracking.Avro.Logical;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Testing;

/// <summary>Values of a schema, as <see cref="SlowAvro"/> has them, that its logical types allow.</summary>
internal sealed class RandomDatum(Random random)
{
    private const int DepthMax = 8;

    private static readonly string[] Texts = ["", "a", "é€", "\U0001F600", "line\nbreak", "\u0001", "\"quoted\\\""];

    public object? Of(AvroSchema schema, int depth = 0) => schema switch
    {
        RecordSchema record => record.Fields.Select(field => Of(field.Schema, depth + 1)).ToList(),
        ArraySchema array => Enumerable.Range(0, Count(depth)).Select(_ => Of(array.Items, depth + 1)).ToList(),
        MapSchema map => Enumerable.Range(0, Count(depth)).Select(i => KeyValuePair.Create($"k{i}" + Text(), Of(map.Values, depth + 1))).ToList(),
        UnionSchema union => OfUnion(union, depth),
        EnumSchema symbols => random.Next(symbols.Symbols.Count),
        { LogicalType: { } logical } => OfLogical(schema, logical),
        FixedSchema @fixed => Bytes(@fixed.Size),
        _ => OfPrimitive(schema.Type),
    };

    private object? OfPrimitive(SchemaType type) => type switch
    {
        SchemaType.Null => null,
        SchemaType.Boolean => random.Next(2) == 0,
        SchemaType.Int => (int)Number(),
        SchemaType.Long => Number(),
        SchemaType.Float => random.Next(4) == 0 ? float.NaN : (float)(Number() * 0.37),
        SchemaType.Double => random.Next(4) == 0 ? double.NegativeInfinity : Number() * 0.37,
        SchemaType.Bytes => Bytes(random.Next(5)),
        _ => Text(),
    };

    private object OfLogical(AvroSchema schema, LogicalType logical) => logical.Kind switch
    {
        LogicalTypeKind.Decimal => OfDecimal(schema, logical),
        LogicalTypeKind.Uuid => schema is FixedSchema ? Bytes(16) : Uuid().ToString(),
        LogicalTypeKind.Date => random.Next(-100_000, 100_000),
        LogicalTypeKind.TimeMillis => random.Next(86_400_000),
        LogicalTypeKind.TimeMicros => random.NextInt64(86_400_000_000),
        LogicalTypeKind.TimestampMillis or LogicalTypeKind.LocalTimestampMillis => random.NextInt64(-62_135_596_800_000, 253_402_300_800_000),
        LogicalTypeKind.TimestampMicros or LogicalTypeKind.LocalTimestampMicros => random.NextInt64(-62_135_596_800_000_000, 253_402_300_800_000_000),
        LogicalTypeKind.Duration => Bytes(12),
        _ => Number(),
    };

    // In as few bytes as hold it; in a fixed, with the sign in front.
    private byte[] OfDecimal(AvroSchema schema, LogicalType logical)
    {
        Int128 number = random.NextInt64(long.MaxValue) % (long)Math.Pow(10, Math.Min(logical.Precision, 18)) * (random.Next(2) == 0 ? 1 : -1);
        var bytes = new byte[schema is FixedSchema { Size: int size } ? size : AvroDecimal.LengthOf(number)];
        AvroDecimal.TryWrite(bytes, number).ShouldBeTrue();
        return bytes;
    }

    private SlowAvro.Branch OfUnion(UnionSchema union, int depth)
    {
        var index = depth > DepthMax && union.NullIndex >= 0 ? union.NullIndex : random.Next(union.Branches.Count);
        return new SlowAvro.Branch(index, Of(union.Branches[index], depth + 1));
    }

    private int Count(int depth) => depth > DepthMax ? 0 : random.Next(4);

    private long Number() => unchecked((1L << random.Next(64)) + random.Next(-2, 3)) * (random.Next(2) == 0 ? 1 : -1);

    private Guid Uuid() => new(Bytes(16));

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Text() => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)];
}
