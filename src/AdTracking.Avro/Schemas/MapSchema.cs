namespace AdTracking.Avro.Schemas;

/// <summary>A map with string keys.</summary>
public sealed class MapSchema : AvroSchema
{
    internal MapSchema(AvroSchema values, SchemaAttributes attributes)
        : base(SchemaType.Map, attributes) => Values = values;

    /// <summary>The schema of every value.</summary>
    public AvroSchema Values { get; }

    /// <inheritdoc/>
    public override int EncodedBytesMin => 1;
}
