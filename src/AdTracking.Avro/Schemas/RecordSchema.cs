namespace AdTracking.Avro.Schemas;

/// <summary>A record: fields in order.</summary>
public sealed class RecordSchema : NamedSchema
{
    private IReadOnlyList<RecordField> _fields = [];
    private int _encodedBytesMin;

    internal RecordSchema(SchemaNaming naming, SchemaAttributes attributes)
        : base(SchemaType.Record, naming, attributes)
    {
    }

    /// <summary>The fields, in the order in which they are encoded.</summary>
    public IReadOnlyList<RecordField> Fields => _fields;

    /// <inheritdoc/>
    public override int EncodedBytesMin => _encodedBytesMin;

    /// <summary>The field of that name, or null.</summary>
    public RecordField? Find(string name) => _fields.FirstOrDefault(field => field.Name == name);

    // The fields of a record may name the record: it exists before they do. The smallest size is summed here, once, so that nobody has
    // to walk a chain of records as long as a hostile schema makes it.
    internal void Complete(IReadOnlyList<RecordField> fields)
    {
        _fields = fields;
        foreach (var field in fields)
        {
            _encodedBytesMin = SumSaturated(_encodedBytesMin, field.Schema.EncodedBytesMin);
        }
    }
}
