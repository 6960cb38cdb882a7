using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Model;

/// <summary>A field with what its <c>adt.</c> attributes say.</summary>
/// <param name="Field">The field as Avro sees it.</param>
/// <param name="Constraints">The attributes.</param>
internal sealed record FieldModel(RecordField Field, FieldConstraints Constraints)
{
    /// <summary>The name in Avro and JSON.</summary>
    public string Name => Field.Name;

    /// <summary>Place among the fields, from 0.</summary>
    public int Index => Field.Index;

    /// <summary>Line of the field in its file.</summary>
    public int Line => Field.Line;

    /// <summary>Column of the field in its file.</summary>
    public int Column => Field.Column;

    /// <summary>True for a union of null and one other type.</summary>
    public bool Nullable => NullBranch >= 0;

    /// <summary>Where null stands in the union, or -1.</summary>
    public int NullBranch => Shapes.NullBranchOf(Field.Schema);

    /// <summary>The type without null.</summary>
    public AvroSchema Value => Shapes.WithoutNull(Field.Schema);

    /// <summary>True when there is no default: every record has this field.</summary>
    public bool Mandatory => Field.Default is null;
}
