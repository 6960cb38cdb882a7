using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Rules;

/// <summary>Rules about one field of a record.</summary>
internal static class FieldRules
{
    private const string Unknown = "UNKNOWN";

    /// <summary>A field says what it is.</summary>
    public static void Doc(SchemaFile file, FieldModel field, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(field.Field.Doc))
        {
            problems.Add(file.At(field, ProblemCode.NoDoc, "a field has a doc that names the standard's term"));
        }
    }

    /// <summary>Times are long / timestamp-millis: Kafka Connect's Avro data knows no others.</summary>
    public static void Times(SchemaFile file, FieldModel field, ProblemList problems)
    {
        var named = field.Name.EndsWith("_ts", StringComparison.Ordinal);
        var otherTime = field.Value.LogicalType?.Kind is >= LogicalTypeKind.Date and <= LogicalTypeKind.LocalTimestampNanos
            and not LogicalTypeKind.TimestampMillis;
        if (otherTime || (named && !Shapes.IsTimestampMillis(field.Value)))
        {
            problems.Add(file.At(field, ProblemCode.TimeNotMillis, "a time is a long with logicalType timestamp-millis"));
        }
    }

    /// <summary>Records are flat: columns of the archive, slots of the hot path.</summary>
    public static void Flat(SchemaFile file, FieldModel field, ProblemList problems)
    {
        var flat = field.Value switch
        {
            RecordSchema or UnionSchema => false,
            ArraySchema array => array.Items is PrimitiveSchema,
            MapSchema map => map.Values is PrimitiveSchema,
            _ => true,
        };
        if (!flat)
        {
            problems.Add(file.At(field, ProblemCode.NotFlat, "records are flat: a value, or a list or map of plain values"));
        }
    }

    /// <summary>A reader that does not know a new symbol must have something to put in its place.</summary>
    public static void Enums(SchemaFile file, FieldModel field, ProblemList problems)
    {
        if (field.Value is not EnumSchema { Default: not Unknown } symbols)
        {
            return;
        }

        problems.Add(file.At(field, ProblemCode.EnumWithoutUnknown, symbols.IndexOf(Unknown) < 0
            ? $"the enum {symbols.Name.Name} has a symbol {Unknown}, which is its \"default\""
            : $"the enum {symbols.Name.Name} has \"default\": \"{Unknown}\""));
    }

    /// <summary>What may be missing is null by default, and null is the first branch.</summary>
    public static void Nullables(SchemaFile file, FieldModel field, ProblemList problems)
    {
        if (field.Nullable && (field.NullBranch != 0 || field.Field.Default is not { ValueKind: System.Text.Json.JsonValueKind.Null }))
        {
            problems.Add(file.At(field, ProblemCode.NullableForm, "nullable is [\"null\", type] with \"default\": null"));
        }
    }

    /// <summary>Ids are opaque: nobody may count on digits.</summary>
    public static void Ids(SchemaFile file, FieldModel field, ProblemList problems)
    {
        if (field.Name.EndsWith("_id", StringComparison.Ordinal) && field.Value.Type != SchemaType.String)
        {
            problems.Add(file.At(field, ProblemCode.IdNotString, "an id is a string"));
        }
    }

    /// <summary>What a sender must give can be given, and is never null.</summary>
    public static void Required(SchemaFile file, FieldModel field, ProblemList problems)
    {
        if (field.Constraints.Required && (field.Constraints.GatewayOwned || field.Nullable))
        {
            problems.Add(file.At(field, ProblemCode.RequiredButNot, "a required field is the sender's and is not nullable"));
        }
    }
}
