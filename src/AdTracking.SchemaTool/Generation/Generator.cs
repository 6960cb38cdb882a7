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
            string ns = selection.Namespace ?? CSharpNames.Namespace(file.Record.Schema.Name);
            void Add(string name, string text) => files.Add(new(Path.Combine(selection.Output, name + ".g.cs"), text, file.FileName));
            string record = CSharpNames.Pascal(file.Record.Name);
            Add(record, RecordFile.Of(file.Record, file.FileName, ns));
            Add(record + "Schema", SchemaTextFile.Of(file, ns));
            if (file.Record.Event is not null)
                AddEvent(file, ns, Add);
            foreach (EnumSchema symbols in Shapes.NamedTypes(file.Record.Schema).OfType<EnumSchema>().Where(e => types.Add(e.FullName)))
                Add(CSharpNames.Pascal(symbols.Name.Name), EnumFile.Of(symbols, file.FileName, ns));
        }

        AddCommon(folder, selection, files);
        return files;
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
