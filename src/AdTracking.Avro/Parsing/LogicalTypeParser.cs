using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Reads logicalType, precision and scale. What does not fit its type is ignored, as the specification requires, but reported as a
/// warning and kept among the properties.</summary>
internal static class LogicalTypeParser
{
    private const int DurationBytes = 12;
    private const int UuidBytes = 16;

    public static SchemaAttributes Attributes(SchemaContext context, JsonNode node, SchemaType type, int size, string[] known)
    {
        (var line, var column) = context.Source.Place(node.Start);
        if (node.Kind != JsonValueKind.Object)
        {
            return new SchemaAttributes(null, SchemaProperties.None, line, column);
        }

        var logical = Parse(context, node, type, size);
        return new SchemaAttributes(logical, context.Properties(node, known, keepLogicalType: logical is null), line, column);
    }

    private static LogicalType? Parse(SchemaContext context, JsonNode node, SchemaType type, int size)
    {
        var nameNode = node.Member("logicalType");
        if (nameNode?.Text is not { } name || LogicalType.KindOf(name) is not { } kind)
        {
            return null;
        }

        if (!Fits(kind, type, size))
        {
            var message = $"The logical type \"{name}\" does not fit {SchemaTypes.NameOf(type)} and is ignored.";
            context.Report(nameNode, SchemaProblemCode.InvalidLogicalType, message);
            return null;
        }

        return kind == LogicalTypeKind.Decimal ? ParseDecimal(context, node, nameNode, type, size) : new LogicalType(kind);
    }

    private static bool Fits(LogicalTypeKind kind, SchemaType type, int size) => kind switch
    {
        LogicalTypeKind.Decimal => type is SchemaType.Bytes or SchemaType.Fixed,
        LogicalTypeKind.BigDecimal => type is SchemaType.Bytes,
        LogicalTypeKind.Uuid => type is SchemaType.String || (type is SchemaType.Fixed && size == UuidBytes),
        LogicalTypeKind.Date or LogicalTypeKind.TimeMillis => type is SchemaType.Int,
        LogicalTypeKind.Duration => type is SchemaType.Fixed && size == DurationBytes,
        _ => type is SchemaType.Long,
    };

    private static LogicalType? ParseDecimal(SchemaContext context, JsonNode node, JsonNode nameNode, SchemaType type, int size)
    {
        var precision = Number(context, node, "precision", -1);
        var scale = Number(context, node, "scale", 0);
        string? fault = null;
        if (precision < 1)
        {
            fault = "needs a precision of at least 1";
        }
        else if (scale < 0 || scale > precision)
        {
            fault = "needs a scale from 0 to the precision";
        }
        else if (type == SchemaType.Fixed && precision > DigitsOf(size))
        {
            fault = $"has a precision of {precision}, but {size} bytes hold {DigitsOf(size)} digits";
        }

        if (fault is null)
        {
            return new LogicalType(LogicalTypeKind.Decimal, precision, scale);
        }

        context.Report(nameNode, SchemaProblemCode.InvalidLogicalType, $"The logical type \"decimal\" {fault}; it is ignored.");
        return null;
    }

    private static int Number(SchemaContext context, JsonNode node, string key, int missing)
    {
        if (node.Member(key) is not { } member)
        {
            return missing;
        }

        return member.Kind == JsonValueKind.Number && context.Source.Element(member).TryGetInt32(out var value) ? value : -1;
    }

    // floor(log10(2^(8 size - 1) - 1)), by the specification; the -1 makes no difference, no power of two being a power of ten.
    private static double DigitsOf(int size) => Math.Floor(((8.0 * size) - 1) * Math.Log10(2));
}
