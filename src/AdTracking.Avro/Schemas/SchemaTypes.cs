namespace AdTracking.Avro.Schemas;

/// <summary>Names of the types in schemas.</summary>
internal static class SchemaTypes
{
    private static readonly string[] Names =
    [
        "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "enum", "fixed", "array", "map", "union",
    ];

    public static string NameOf(SchemaType type) => Names[(int)type];

    public static bool TryPrimitive(string name, out SchemaType type)
    {
        type = (SchemaType)Array.IndexOf(Names, name);
        return type is >= SchemaType.Null and <= SchemaType.String;
    }
}
