using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Model;

/// <summary>Makes a <see cref="RecordModel"/> of a schema: reads the attributes and objects to what they cannot mean.</summary>
internal static class RecordReader
{
    /// <summary>Reads the record of a file.</summary>
    public static RecordModel Read(RecordSchema schema, string path, ProblemList problems)
    {
        void Report(string attribute, int code, string message) => problems.Add(At(path, schema.Properties, attribute, code, message));
        var reader = new AttributeReader(schema.Properties, Report);
        var eventClass = reader.Word("adt.event", FieldVocabulary.Events);
        var revision = reader.Positive("adt.revision") ?? 1;
        var repeats = reader.Texts("adt.repeats");
        OccurrenceName[] names =
            [.. reader.GroupedTexts("adt.names").Select(n => new OccurrenceName(n.Text, n.Group, repeats.Contains(n.Text)))];
        var aliases = reader.TextPairs("adt.aliases");
        foreach (var stray in repeats.Where(name => !Array.Exists(names, n => n.Name == name)))
        {
            Report("adt.repeats", ProblemCode.EventNames, $"'{stray}' is not among adt.names");
        }

        foreach (var stray in aliases.Select(static a => a.Value).Where(name => !Array.Exists(names, n => n.Name == name)))
        {
            Report("adt.aliases", ProblemCode.EventNames, $"'{stray}' is not among adt.names");
        }

        reader.ReportUnknown();
        return new RecordModel(
            schema, eventClass, revision, names, aliases, [.. schema.Fields.Select(field => ReadField(field, path, problems))]);
    }

    private static FieldModel ReadField(RecordField field, string path, ProblemList problems)
    {
        void Report(string attribute, int code, string message) =>
            problems.Add(At(path, field.Properties, attribute, code, $"{field.Name}: {message}"));
        var reader = new AttributeReader(field.Properties, Report);
        var model = new FieldModel(field, ReadConstraints(reader));
        reader.ReportUnknown();
        foreach (var name in field.Properties.Keys.Where(name => !Fits(name, model.Value)))
        {
            Report(name, ProblemCode.UnfitAttribute, $"'{name}' says nothing about a {model.Value.TypeName}");
        }

        return model;
    }

    private static ReportedProblem At(string path, SchemaProperties properties, string attribute, int code, string message)
    {
        (var line, var column) = properties.PlaceOf(attribute);
        return new ReportedProblem(path, line, column, code, message);
    }

    private static FieldConstraints ReadConstraints(AttributeReader reader) => new()
    {
        Query = reader.Text("adt.query"),
        QueryAlias = reader.Text("adt.queryAlias"),
        GatewayOwned = reader.Word("adt.owner", FieldVocabulary.Owners) == "gateway",
        Required = reader.Flag("adt.required"),
        LengthMax = reader.Positive("adt.maxLength"),
        ItemsMax = reader.Positive("adt.maxItems"),
        KeyLengthMax = reader.Positive("adt.maxKeyLength"),
        Range = reader.Range("adt.range"),
        Pattern = reader.Word("adt.pattern", FieldVocabulary.Patterns),
        Macro = reader.Word("adt.macro", FieldVocabulary.Macros),
        Kind = reader.Word("adt.kind", FieldVocabulary.Kinds),
        DecimalName = reader.Text("adt.decimalName"),
        Privacy = reader.Word("adt.privacy", FieldVocabulary.Privacies),
    };

    private static bool Fits(string attribute, AvroSchema value) => attribute switch
    {
        "adt.maxLength" => value is { Type: SchemaType.String or SchemaType.Bytes or SchemaType.Map },
        "adt.maxItems" => value is ArraySchema or MapSchema,
        "adt.maxKeyLength" => value is MapSchema,
        "adt.range" => value.Type is SchemaType.Int or SchemaType.Long || value is ArraySchema { Items.Type: SchemaType.Int },
        "adt.pattern" => value.Type == SchemaType.String,
        "adt.kind" or "adt.decimalName" => value.Type == SchemaType.Long,
        _ => true,
    };
}
