using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>How C# holds, writes and reads a value of a schema.</summary>
internal static class CSharpTypes
{
    /// <summary>The type that holds a value.</summary>
    public static string Of(AvroSchema schema) => schema switch
    {
        UnionSchema when Shapes.NullBranchOf(schema) >= 0 => Of(Shapes.WithoutNull(schema)) + "?",
        NamedSchema named and not FixedSchema => CSharpNames.Pascal(named.Name.Name),
        ArraySchema array => $"AvroList<{Of(array.Items)}>",
        MapSchema map => $"AvroMap<{Of(map.Values)}>",
        _ when Shapes.IsTimestampMillis(schema) => "DateTimeOffset",
        _ => schema.Type switch
        {
            SchemaType.Boolean => "bool",
            SchemaType.Int => "int",
            SchemaType.Long => "long",
            SchemaType.Float => "float",
            SchemaType.Double => "double",
            SchemaType.String => "string",
            SchemaType.Bytes or SchemaType.Fixed => "AvroBytes",
            _ => throw new NotSupportedException(schema.ToString()),
        },
    };

    /// <summary>True when there is C# for the schema: no unions but with null, and no bare null.</summary>
    public static bool Supports(AvroSchema schema) => schema switch
    {
        UnionSchema => Shapes.NullBranchOf(schema) >= 0 && Supports(Shapes.WithoutNull(schema)),
        ArraySchema array => Supports(array.Items),
        MapSchema map => Supports(map.Values),
        _ => schema.Type != SchemaType.Null,
    };

    /// <summary>The method name part for what one call of reader and writer does, or null where it takes more than that.</summary>
    public static string? Word(AvroSchema schema)
    {
        if (Shapes.IsTimestampMillis(schema))
            return "TimestampMillis";
        return schema.Type switch
        {
            SchemaType.Boolean => "Boolean",
            SchemaType.Int => "Int",
            SchemaType.Long => "Long",
            SchemaType.Float => "Float",
            SchemaType.Double => "Double",
            SchemaType.String => "String",
            SchemaType.Bytes => "Bytes",
            _ => null,
        };
    }
}
