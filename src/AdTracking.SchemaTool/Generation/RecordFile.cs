using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary><c>AdImpression.g.cs</c>: the class for people.</summary>
internal static class RecordFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(RecordModel record, string origin, string ns)
    {
        string name = CSharpNames.Pascal(record.Name);
        IReadOnlyList<string> properties = CSharpNames.Properties(record.Schema);
        CodeText code = CodeFile.Start(origin, ns, "System.Diagnostics.CodeAnalysis", "AdTracking.Avro");
        code.Summary(record.Schema.Doc ?? $"The record {record.Schema.FullName}.");
        code.Open($"public sealed record {name} : {(record.Event is null ? "IAvroRecord" : "IEventRecord")}<{name}>");
        code.Summary("The schema: what is written, and what is registered.");
        code.Line($"public const string SchemaJson = {name}Schema.Json;");
        for (int i = 0; i < properties.Count; i++)
            AddProperty(code, record, record.Fields[i], properties[i]);
        code.Line().Line($"static string IAvroRecord<{name}>.SchemaJson => SchemaJson;");
        if (record.Event is not null)
            code.Line().Line($"static EventLayout IEventRecord<{name}>.Layout => {name}Layout.Layout;");
        AddDecode(code, record.Schema, name, properties);
        AddEncode(code, record.Schema, properties);
        if (record.Event is not null)
            EventRecordCode.Add(code, record, name, properties);
        AddText(code, record, properties);
        return code.Close().ToString();
    }

    private static void AddProperty(CodeText code, RecordModel record, FieldModel field, string property)
    {
        bool required = IsRequired(record, field);
        string? initial = required ? null : Initial(record, field);
        code.Line().Summary(field.Field.Doc ?? $"The field {field.Name}.");
        string declaration = $"public {(required ? "required " : "")}{CSharpTypes.Of(field.Field.Schema)} {property}";
        code.Line($"{declaration} {{ get; init; }}{(initial is null ? "" : $" = {initial};")}");
    }

    // In an event the gateway fills what a sender need not give; in any other record what has no default must be said.
    private static bool IsRequired(RecordModel record, FieldModel field) => record.Event is null
        ? field.Mandatory && !field.Nullable
        : field.Constraints.Required && !(field.Name == "event_name" && record.OnlyName is not null);

    private static string? Initial(RecordModel record, FieldModel field)
    {
        if (record.Event is null)
            return DefaultCode.Of(field.Field);
        return field.Name switch
        {
            "event_name" => $"\"{record.OnlyName}\"",
            "schema_rev" => $"{CSharpNames.Pascal(record.Name)}Schema.Revision",
            _ => DefaultCode.Of(field.Field),
        };
    }

    private static void AddDecode(CodeText code, RecordSchema schema, string name, IReadOnlyList<string> properties)
    {
        code.Line().Line("/// <inheritdoc/>");
        code.Open($"public static {name}? Decode(ref AvroReader reader)");
        code.Line($"if (!reader.Enter({properties.Count}))").Line("    return null;");
        code.Open($"var record = new {name}");
        for (int i = 0; i < properties.Count; i++)
            code.Line($"{properties[i]} = {ReadCode.Of(schema.Fields[i].Schema)},");
        code.Close("};");
        code.Line("reader.Leave();").Line("return reader.Failed ? null : record;").Close();

        code.Line().Summary("Reads a record that takes all of the source.");
        code.Line($"public static bool TryDecode(ReadOnlySpan<byte> source, [NotNullWhen(true)] out {name}? record) =>");
        code.Line("    AvroRecord.TryDecode(source, out record, out _);");
    }

    private static void AddEncode(CodeText code, RecordSchema schema, IReadOnlyList<string> properties)
    {
        code.Line().Line("/// <inheritdoc/>");
        code.Open("public void Encode(ref AvroWriter writer)");
        var names = new LocalNames();
        for (int i = 0; i < properties.Count; i++)
            WriteCode.Add(code, schema.Fields[i].Schema, properties[i], names);
        code.Close();

        code.Line().Summary("Writes the record. False when it does not fit; allocates nothing.");
        code.Line("public bool TryEncode(Span<byte> destination, out int written) =>");
        code.Line("    AvroRecord.TryEncode(this, destination, out written);");
    }

    private static void AddText(CodeText code, RecordModel record, IReadOnlyList<string> properties)
    {
        code.Line().Summary("The fields that say something; what identifies a person is only said to be there.");
        code.Line("public override string ToString() =>").Indent();
        code.Line($"new RecordText(\"{record.Name}\")").Indent();
        for (int i = 0; i < properties.Count; i++)
            code.Line(TextCall(record.Fields[i], properties[i]));
        code.Line(".ToString();").Unindent().Unindent();
    }

    private static string TextCall(FieldModel field, string property)
    {
        if (field.Constraints.Privacy == "identifier")
            return $".AddHidden(\"{field.Name}\", {property})";
        return field.Value is EnumSchema symbols && !field.Nullable
            ? $".Add(\"{field.Name}\", {property}, {DefaultCode.Of(field.Field) ?? FirstMember(symbols)})"
            : $".Add(\"{field.Name}\", {property})";
    }

    private static string FirstMember(EnumSchema symbols) => $"{CSharpNames.Pascal(symbols.Name.Name)}.{CSharpNames.Members(symbols)[0]}";
}
