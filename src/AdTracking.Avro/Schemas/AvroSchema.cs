namespace AdTracking.Avro.Schemas;

/// <summary>A node of a schema. Immutable once parsed. A named type is one object in the tree and may occur at several places
/// (also inside itself): whoever walks must bound the depth.</summary>
public abstract class AvroSchema
{
    private protected AvroSchema(SchemaType type, SchemaAttributes attributes)
    {
        Type = type;
        LogicalType = attributes.LogicalType;
        Properties = attributes.Properties;
        Line = attributes.Line;
        Column = attributes.Column;
    }

    /// <summary>The type.</summary>
    public SchemaType Type { get; }

    /// <summary>The logical type, where there is a valid one.</summary>
    public LogicalType? LogicalType { get; }

    /// <summary>Attributes that Avro gives no meaning to, in the order of the text; an unknown or unfit logicalType is among them.</summary>
    public SchemaProperties Properties { get; }

    /// <summary>Line in the text, from 1.</summary>
    public int Line { get; }

    /// <summary>Column in the text, from 1, in UTF-16 units as editors count.</summary>
    public int Column { get; }

    /// <summary>The fewest bytes that a value of this schema can take; 0 also where a record contains itself directly.</summary>
    public abstract int EncodedBytesMin { get; }

    /// <summary>What tells the branches of a union apart: the full name of a named type, otherwise the type's name.</summary>
    public virtual string BranchName => TypeName;

    /// <summary>The name of the type in a schema: <c>record</c>, <c>int</c>.</summary>
    public string TypeName => SchemaTypes.NameOf(Type);

    /// <summary>The schema as compact JSON, attributes without meaning included.</summary>
    public override string ToString() => SchemaText.Of(this);

    private protected static int SumSaturated(int left, int right) => (int)Math.Min((long)left + right, int.MaxValue);
}
