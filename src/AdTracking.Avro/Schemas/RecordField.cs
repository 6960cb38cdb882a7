using System.Text.Json;

namespace AdTracking.Avro.Schemas;

/// <summary>A field of a record.</summary>
public sealed class RecordField
{
    internal RecordField(string name, AvroSchema schema, int index)
    {
        Name = name;
        Schema = schema;
        Index = index;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The schema of the value.</summary>
    public AvroSchema Schema { get; }

    /// <summary>The place among the record's fields, from 0.</summary>
    public int Index { get; }

    /// <summary>Other names, under which a reader finds this field too.</summary>
    public IReadOnlyList<string> Aliases { get; internal init; } = [];

    /// <summary>Documentation, where there is any.</summary>
    public string? Doc { get; internal init; }

    /// <summary>The default as the schema has it (JSON null is a default), or null where there is none.</summary>
    public JsonElement? Default { get; internal init; }

    /// <summary>How the field takes part in the sort order.</summary>
    public FieldOrder Order { get; internal init; }

    /// <summary>Attributes that Avro gives no meaning to, in the order of the text.</summary>
    public SchemaProperties Properties { get; internal init; } = SchemaProperties.None;

    /// <summary>Line in the text, from 1.</summary>
    public int Line { get; internal init; }

    /// <summary>Column in the text, from 1.</summary>
    public int Column { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Name + ": " + Schema.BranchName;
}
