using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Generation;

/// <summary>A type whose values one call of the reader and one of the writer handle.</summary>
/// <param name="CSharp">The C# type.</param>
/// <param name="Read">The reader's method with its arguments.</param>
/// <param name="Write">The writer's method with its arguments; {0} is the value.</param>
/// <param name="OrNull">The word in the names of the methods for <c>["null", type]</c>, or null where there are none.</param>
internal sealed record LeafType(string CSharp, string Read, string Write, string? OrNull = null)
{
    // Digits that every .NET decimal of that many digits can hold.
    private const int DecimalDigits = 28;

    /// <summary>How the schema's values are held, or null for types of their own and for collections.</summary>
    public static LeafType? Of(AvroSchema schema) => schema.LogicalType is { } logical ? OfLogical(schema, logical) ?? OfPlain(schema) : OfPlain(schema);

    private static LeafType? OfPlain(AvroSchema schema) => schema.Type switch
    {
        SchemaType.Null => new("AvroNull", "ReadAvroNull()", "WriteNull()"),
        SchemaType.Boolean => Simple("bool", "Boolean"),
        SchemaType.Int => Simple("int", "Int"),
        SchemaType.Long => Simple("long", "Long"),
        SchemaType.Float => Simple("float", "Float"),
        SchemaType.Double => Simple("double", "Double"),
        SchemaType.String => Simple("string", "String"),
        SchemaType.Bytes => new("AvroBytes", "ReadAvroBytes()", "WriteBytes({0}.Span)", "Bytes"),
        SchemaType.Fixed => OfFixed(((FixedSchema)schema).Size),
        _ => null,
    };

    private static LeafType OfFixed(int size) => new("AvroBytes", $"ReadAvroFixed({size})", $"WriteAvroFixed({{0}}, {size})");

    private static LeafType? OfLogical(AvroSchema schema, LogicalType logical) => logical.Kind switch
    {
        LogicalTypeKind.Decimal => OfDecimal(schema, logical),
        LogicalTypeKind.Uuid => schema is FixedSchema ? Plain("Guid", "UuidFixed") : Plain("Guid", "Uuid"),
        LogicalTypeKind.Date => Plain("DateOnly", "Date"),
        LogicalTypeKind.TimeMillis or LogicalTypeKind.TimeMicros => Plain("TimeOnly", logical.Kind.ToString()),
        LogicalTypeKind.TimestampMillis => Simple("DateTimeOffset", "TimestampMillis"),
        LogicalTypeKind.TimestampMicros => Plain("DateTimeOffset", "TimestampMicros"),
        LogicalTypeKind.LocalTimestampMillis or LogicalTypeKind.LocalTimestampMicros => Plain("DateTime", logical.Kind.ToString()),
        LogicalTypeKind.TimestampNanos or LogicalTypeKind.LocalTimestampNanos => Plain("AvroNanos", "Nanos"),
        LogicalTypeKind.Duration => Plain("AvroDuration", "Duration"),
        _ => null, // big-decimal stays bytes: its numbers have no bound that a .NET type has
    };

    private static LeafType? OfDecimal(AvroSchema schema, LogicalType logical)
    {
        (var precision, var scale) = (logical.Precision, logical.Scale);
        if (precision > DecimalDigits)
        {
            return null;
        }

        return schema is FixedSchema { Size: int size }
            ? new("decimal", $"ReadDecimalFixed({scale}, {size})", $"WriteDecimalFixed({{0}}, {scale}, {size}, {precision})")
            : new("decimal", $"ReadDecimal({scale})", $"WriteDecimal({{0}}, {scale}, {precision})");
    }

    private static LeafType Simple(string type, string word) => Plain(type, word) with { OrNull = word };

    private static LeafType Plain(string type, string word) => new(type, $"Read{word}()", $"Write{word}({{0}})");
}
