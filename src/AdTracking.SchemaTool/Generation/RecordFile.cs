using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>AdImpression.g.cs</c>: the class for people.</summary>
internal static class RecordFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(RecordModel record, TypeNames names, string origin)
    {
        (var ns, var name, _) = names.Of(record.Schema);
        var scope = CodeScope.Inside(record.Schema, names);
        var properties = scope.Properties(record.Schema);
        var code = CodeFile.Start(origin, ns, [.. CodeFile.AvroUsings, .. record.Event is null ? [] : CodeFile.EventUsings]);
        code.Summary(record.Schema.Doc ?? $"The record {record.Schema.FullName}.");
        code.Open($"public sealed record {name} : {(record.Event is null ? "IAvroRecord" : "IEventRecord")}<{name}>");
        code.Summary("The schema: what is written, and what is registered.");
        code.Line($"public const string SchemaJson = {name}Schema.Json;");
        for (var i = 0; i < properties.Count; i++)
        {
            AddProperty(code, record, record.Fields[i], properties[i], scope);
        }

        code.Line().Line($"static string IAvroRecord<{name}>.SchemaJson => SchemaJson;");
        if (record.Event is not null)
        {
            code.Line().Line($"static EventLayout IEventRecord<{name}>.Layout => {name}Layout.Layout;");
        }

        AddDecode(code, record.Schema, name, properties, scope);
        AddEncode(code, record.Schema, properties, scope);
        if (record.Event is not null)
        {
            EventRecordCode.Add(code, record, name, properties);
        }

        AddText(code, record, properties, scope);
        return code.Close().ToString();
    }

    private static void AddProperty(CodeText code, RecordModel record, FieldModel field, string property, CodeScope scope)
    {
        var required = IsRequired(record, field, scope);
        var initial = required ? null : Initial(record, field, scope);
        code.Line().Summary(field.Field.Doc ?? $"The field {field.Name}.");
        var declaration = $"public {(required ? "required " : "")}{scope.TypeOf(field.Field.Schema)} {property}";
        code.Line($"{declaration} {{ get; init; }}{(initial is null ? "" : $" = {initial};")}");
    }

    // In an event the gateway fills what a sender need not give; in any other record what has no default must be said.
    private static bool IsRequired(RecordModel record, FieldModel field, CodeScope scope) => record.Event is null
        ? (field.Mandatory && !Shapes.CanBeNull(field.Field.Schema)) || DefaultCode.IsUnsayable(record.Schema, field.Field, scope)
        : field.Constraints.Required && !(field.Name == "event_name" && record.OnlyName is not null);

    private static string? Initial(RecordModel record, FieldModel field, CodeScope scope)
    {
        if (record.Event is null)
        {
            return DefaultCode.Of(field.Field, scope);
        }

        return field.Name switch
        {
            "event_name" => $"\"{record.OnlyName}\"",
            "schema_rev" => $"{CSharpNames.Pascal(record.Name)}Schema.Revision",
            _ => DefaultCode.Of(field.Field, scope),
        };
    }

    private static void AddDecode(CodeText code, RecordSchema schema, string name, IReadOnlyList<string> properties, CodeScope scope)
    {
        code.Line().Line("/// <inheritdoc/>");
        code.Open($"public static {name}? Decode(ref AvroReader reader)");
        code.Line($"if (!reader.Enter({properties.Count}))").Line("    return null;");
        code.Open($"var record = new {name}");
        for (var i = 0; i < properties.Count; i++)
        {
            code.Line($"{properties[i]} = {ReadCode.Of(schema.Fields[i].Schema, scope)},");
        }

        code.Close("};");
        code.Line("reader.Leave();").Line("return reader.Failed ? null : record;").Close();

        code.Line().Summary("Reads a record that takes all of the source.");
        code.Line($"public static bool TryDecode(ReadOnlySpan<byte> source, [NotNullWhen(true)] out {name}? record) =>");
        code.Line("    AvroRecord.TryDecode(source, out record, out _);");
    }

    private static void AddEncode(CodeText code, RecordSchema schema, IReadOnlyList<string> properties, CodeScope scope)
    {
        code.Line().Line("/// <inheritdoc/>");
        code.Open("public void Encode(ref AvroWriter writer)");
        var names = new LocalNames();
        for (var i = 0; i < properties.Count; i++)
        {
            WriteCode.Add(code, schema.Fields[i].Schema, properties[i], scope, names);
        }

        code.Close();

        code.Line().Summary("Writes the record. False when it does not fit; allocates nothing.");
        code.Line("public bool TryEncode(Span<byte> destination, out int written) =>");
        code.Line("    AvroRecord.TryEncode(this, destination, out written);");
    }

    private static void AddText(CodeText code, RecordModel record, IReadOnlyList<string> properties, CodeScope scope)
    {
        code.Line().Summary("The fields that say something; what identifies a person is only said to be there.");
        code.Line("public override string ToString() =>").Indent();
        code.Line($"new RecordText(\"{record.Name}\")").Indent();
        for (var i = 0; i < properties.Count; i++)
        {
            code.Line(TextCall(record.Fields[i], properties[i], scope));
        }

        code.Line(".ToString();").Unindent().Unindent();
    }

    private static string TextCall(FieldModel field, string property, CodeScope scope)
    {
        if (field.Constraints.Privacy == "identifier")
        {
            return $".AddHidden(\"{field.Name}\", {property})";
        }

        return field.Value is EnumSchema { Symbols.Count: > 0 } symbols && !field.Nullable
            ? $".Add(\"{field.Name}\", {property}, {DefaultCode.Of(field.Field, scope) ?? FirstMember(symbols, scope)})"
            : $".Add(\"{field.Name}\", {property})";
    }

    private static string FirstMember(EnumSchema symbols, CodeScope scope) => $"{scope.Expression(symbols)}.{CSharpNames.Members(symbols)[0]}";
}
