namespace AdTracking.Avro.Schemas;

/// <summary>A fixed: so many bytes.</summary>
public sealed class FixedSchema : NamedSchema
{
    internal FixedSchema(SchemaNaming naming, int size, SchemaAttributes attributes)
        : base(SchemaType.Fixed, naming, attributes) => Size = size;

    /// <summary>The number of bytes.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override int EncodedBytesMin => Size;
}
