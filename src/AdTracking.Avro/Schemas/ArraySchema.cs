namespace AdTracking.Avro.Schemas;

/// <summary>An array.</summary>
public sealed class ArraySchema : AvroSchema
{
    internal ArraySchema(AvroSchema items, SchemaAttributes attributes)
        : base(SchemaType.Array, attributes) => Items = items;

    /// <summary>The schema of every item.</summary>
    public AvroSchema Items { get; }

    /// <inheritdoc/>
    public override int EncodedBytesMin => 1;
}
