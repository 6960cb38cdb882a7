namespace AdTracking.Avro.Schemas;

/// <summary>null, boolean, int, long, float, double, bytes or string.</summary>
public sealed class PrimitiveSchema : AvroSchema
{
    internal PrimitiveSchema(SchemaType type, SchemaAttributes attributes)
        : base(type, attributes)
    {
    }

    /// <inheritdoc/>
    public override int EncodedBytesMin => Type switch
    {
        SchemaType.Null => 0,
        SchemaType.Float => sizeof(float),
        SchemaType.Double => sizeof(double),
        _ => 1,
    };
}
