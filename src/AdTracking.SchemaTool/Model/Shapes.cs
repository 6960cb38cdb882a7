using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Model;

/// <summary>Questions about the shape of a schema.</summary>
internal static class Shapes
{
    /// <summary>Where null stands in a union of null and one other type, or -1.</summary>
    public static int NullBranchOf(AvroSchema schema)
    {
        if (schema is not UnionSchema { Branches.Count: 2 } union)
        {
            return -1;
        }

        return union.Branches[0].Type == SchemaType.Null ? 0 : union.Branches[1].Type == SchemaType.Null ? 1 : -1;
    }

    /// <summary>The schema itself, or the other branch of a union with null.</summary>
    public static AvroSchema WithoutNull(AvroSchema schema) => NullBranchOf(schema) switch
    {
        < 0 => schema,
        int branch => ((UnionSchema)schema).Branches[1 - branch],
    };

    /// <summary>True when null is a value: of null itself, and of unions with it.</summary>
    public static bool CanBeNull(AvroSchema schema) => schema is UnionSchema { NullIndex: >= 0 } || schema.Type == SchemaType.Null;

    /// <summary>True for timestamp-millis.</summary>
    public static bool IsTimestampMillis(AvroSchema schema) => schema.LogicalType?.Kind == LogicalTypeKind.TimestampMillis;

    /// <summary>All named types inside a schema, each once, in the order of the text.</summary>
    public static IReadOnlyList<NamedSchema> NamedTypes(AvroSchema schema)
    {
        var found = new List<NamedSchema>();
        Collect(schema, found);
        return found;
    }

    /// <summary>The unions inside a record that are types of their own, without those of named types inside.</summary>
    public static IEnumerable<UnionSchema> Unions(RecordSchema record) => record.Fields.SelectMany(static field => Unions(field.Schema));

    private static IEnumerable<UnionSchema> Unions(AvroSchema schema) => schema switch
    {
        ArraySchema array => Unions(array.Items),
        MapSchema map => Unions(map.Values),
        UnionSchema union => (NullBranchOf(union) < 0 ? new[] { union } : []).Concat(union.Branches.SelectMany(Unions)),
        _ => [],
    };

    private static void Collect(AvroSchema schema, List<NamedSchema> found)
    {
        if (schema is NamedSchema named)
        {
            if (found.Contains(named))
            {
                return;
            }

            found.Add(named);
        }

        foreach (var child in Children(schema))
        {
            Collect(child, found);
        }
    }

    /// <summary>The schemas directly inside a schema.</summary>
    public static IEnumerable<AvroSchema> Children(AvroSchema schema) => schema switch
    {
        RecordSchema record => record.Fields.Select(static field => field.Schema),
        ArraySchema array => [array.Items],
        MapSchema map => [map.Values],
        UnionSchema union => union.Branches,
        _ => [],
    };
}
