using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>All files that a folder of schemas asks for: the same set for every record, two more for every event.</summary>
internal static class Generator
{
    private const string AllEvents = "the schemas of events";

    /// <summary>The files, in a fixed order, with the same bytes for the same schemas on every machine.</summary>
    public static IReadOnlyList<GeneratedFile> Generate(SchemaFolder folder, SourceSelection selection)
    {
        var files = new List<GeneratedFile>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (SchemaFile file in folder.Files)
        {
            void Add(string name, string text) => files.Add(new(Path.Combine(selection.Output, name + ".g.cs"), text, file.FileName));
            foreach (NamedSchema type in Shapes.NamedTypes(file.Record.Schema).Where(type => types.Add(type.FullName)))
                AddType(file, type, selection.Namespace ?? CSharpNames.Namespace(type.Name), Add);
        }

        AddCommon(folder, selection, files);
        return files;
    }

    private static void AddType(SchemaFile file, NamedSchema type, string ns, Action<string, string> add)
    {
        string name = CSharpNames.Pascal(type.Name.Name);
        if (type is EnumSchema symbols)
            add(name, EnumFile.Of(symbols, file.FileName, ns));
        if (type is not RecordSchema schema)
            return;
        bool nested = schema != file.Record.Schema;
        RecordModel record = nested ? RecordReader.Read(schema, file.Path, new ProblemList()) : file.Record;
        add(name, RecordFile.Of(record, file.FileName, ns));
        add(name + "Schema", SchemaTextFile.Of(record, nested ? schema.ToString() : file.Text, file.FileName, ns));
        if (record.Event is not null)
            AddEvent(file, ns, add);
    }

    private static void AddEvent(SchemaFile file, string ns, Action<string, string> add)
    {
        string record = CSharpNames.Pascal(file.Record.Name);
        add(record + "Field", FieldFile.OfRecord(file.Record, file.FileName, ns));
        add(record + "Layout", LayoutFile.Of(file.Record, file.FileName, ns));
        add(record + "View", ViewFile.Of(file.Record, file.FileName, ns));
    }

    private static void AddCommon(SchemaFolder folder, SourceSelection selection, List<GeneratedFile> files)
    {
        IReadOnlyList<SchemaFile> events = folder.Events;
        if (events.Count > 0)
        {
            string ns = selection.Namespace ?? CSharpNames.Namespace(events[0].Record.Schema.Name);
            void Add(string name, string text) => files.Add(new(Path.Combine(selection.Output, name + ".g.cs"), text, AllEvents));
            Add("CommonField", FieldFile.OfCommon(events, AllEvents, ns));
            if (FieldVocabulary.Events.All(kind => events.Any(file => file.Record.Event == kind)))
                Add("EventSchemas", EventSchemasFile.Of(events, AllEvents, ns));
        }

        if (selection.Docs is not null)
            files.Add(DocsFile.Of(folder, selection.Docs));
    }
}
