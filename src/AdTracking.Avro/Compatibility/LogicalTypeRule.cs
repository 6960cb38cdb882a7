using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>Logical types do not take part in resolution as Java's checker and the registry see it: these are warnings. The specification
/// wants decimals to agree in precision and scale.</summary>
internal static class LogicalTypeRule
{
    public static void Apply(SchemaPair pair)
    {
        var reader = pair.Reader.LogicalType;
        var writer = pair.Writer.LogicalType;
        if (reader == writer)
        {
            return;
        }

        if (reader?.Kind == writer?.Kind)
        {
            pair.Faults.Add(Fault(CompatibilityRule.DecimalMismatch, pair));
        }
        else if ((reader is not null && writer is not null) || IsNumberInBytes(reader) || IsNumberInBytes(writer))
        {
            pair.Faults.Add(Fault(CompatibilityRule.LogicalTypeMismatch, pair));
        }
    }

    // A date on an int may come or go: the number stays. Bytes that were a number are none without their type.
    private static bool IsNumberInBytes(LogicalType? type) => type?.Kind is LogicalTypeKind.Decimal or LogicalTypeKind.BigDecimal;

    private static SchemaFault Fault(CompatibilityRule rule, SchemaPair pair)
    {
        var reader = Shown(pair.Reader);
        var writer = Shown(pair.Writer);
        return new SchemaFault(rule, $"reader: {reader}, writer: {writer}", reader, writer);
    }

    private static string Shown(AvroSchema schema) => schema.LogicalType switch
    {
        null => schema.TypeName,
        { Kind: LogicalTypeKind.Decimal } type => $"decimal({type.Precision}, {type.Scale})",
        { } type => type.Name,
    };
}
