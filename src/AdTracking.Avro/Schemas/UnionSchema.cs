namespace AdTracking.Avro.Schemas;

/// <summary>A union: one of several schemas.</summary>
public sealed class UnionSchema : AvroSchema
{
    internal UnionSchema(IReadOnlyList<AvroSchema> branches, SchemaAttributes attributes)
        : base(SchemaType.Union, attributes) => Branches = branches;

    /// <summary>The branches; their index is what is encoded in front of the value.</summary>
    public IReadOnlyList<AvroSchema> Branches { get; }

    /// <inheritdoc/>
    public override int EncodedBytesMin => 1;

    /// <summary>The index of the null branch, or -1.</summary>
    public int NullIndex
    {
        get
        {
            for (var i = 0; i < Branches.Count; i++)
            {
                if (Branches[i].Type == SchemaType.Null)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
