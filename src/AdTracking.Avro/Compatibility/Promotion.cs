using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>What a reader of one type may read from a writer of another.</summary>
internal static class Promotion
{
    /// <summary>True where data of <paramref name="from"/> can be read as <paramref name="to"/>.</summary>
    public static bool Exists(SchemaType from, SchemaType to) => from switch
    {
        SchemaType.Int => to is SchemaType.Long or SchemaType.Float or SchemaType.Double,
        SchemaType.Long => to is SchemaType.Float or SchemaType.Double,
        SchemaType.Float => to is SchemaType.Double,
        SchemaType.String => to is SchemaType.Bytes,
        SchemaType.Bytes => to is SchemaType.String,
        _ => false,
    };

    /// <summary>True where the promoted value has the same bytes, and every value has a promoted one.</summary>
    public static bool KeepsBytes(SchemaType from, SchemaType to) =>
        (from == SchemaType.Int && to == SchemaType.Long) || (from == SchemaType.String && to == SchemaType.Bytes);
}
