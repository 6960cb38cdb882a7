using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Generation;

/// <summary>All files that a folder of schemas asks for: the same set for every record, two more for every event.</summary>
internal static class Generator
{
    private const string AllEvents = "the schemas of events";

    /// <summary>The files, in a fixed order, with the same bytes for the same schemas on every machine.</summary>
    public static IReadOnlyList<GeneratedFile> Generate(SchemaFolder folder, SourceSelection selection)
    {
        var files = new List<GeneratedFile>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        var names = TypeNames.Of(folder, selection.Namespace);
        foreach (var file in folder.All)
        {
            void Add(string name, string text) => files.Add(new(Path.Combine(selection.Output, name + ".g.cs"), text, file.FileName));
            var own = TypeNames.TypesOf(file).Where(static type => type is not FixedSchema);
            foreach (var type in own.Where(type => types.Add(type.FullName)))
            {
                AddType(file, type, names, Add);
            }
        }

        AddCommon(folder, selection, files);
        return files;
    }

    private static void AddType(SchemaFile file, NamedSchema type, TypeNames names, Action<string, string> add)
    {
        var name = names.Of(type);
        if (type is EnumSchema symbols)
        {
            add(name.Stem, EnumFile.Of(symbols, name, file.FileName));
        }

        if (type is not RecordSchema schema)
        {
            return;
        }

        var nested = schema != file.Record.Schema;
        var record = nested ? RecordReader.Read(schema, file.Path, new ProblemList()) : file.Record;
        add(name.Stem, RecordFile.Of(record, names, file.FileName));
        (var whole, var text) = nested ? (schema, schema.ToString()) : (file.Schema, file.Text);
        add(name.Stem + "Schema", SchemaTextFile.Of(record, whole, text, name, file.FileName));
        foreach (var union in Shapes.Unions(schema))
        {
            add(names.Of(union).Stem, UnionFile.Of(union, names, file.FileName));
            add(names.Of(union).Stem + "Kind", UnionFile.KindOf(union, names, file.FileName));
        }

        if (record.Event is not null)
        {
            AddEvent(file, name.Namespace, add);
        }
    }

    private static void AddEvent(SchemaFile file, string ns, Action<string, string> add)
    {
        var record = CSharpNames.Pascal(file.Record.Name);
        add(record + "Field", FieldFile.OfRecord(file.Record, file.FileName, ns));
        add(record + "Layout", LayoutFile.Of(file.Record, file.FileName, ns));
        add(record + "View", ViewFile.Of(file.Record, file.FileName, ns));
    }

    private static void AddCommon(SchemaFolder folder, SourceSelection selection, List<GeneratedFile> files)
    {
        var events = folder.Events;
        if (events.Count > 0)
        {
            var ns = selection.Namespace ?? CSharpNames.Namespace(events[0].Record.Schema.Name);
            void Add(string name, string text) => files.Add(new(Path.Combine(selection.Output, name + ".g.cs"), text, AllEvents));
            Add("CommonField", FieldFile.OfCommon(events, AllEvents, ns));
            if (FieldVocabulary.Events.All(kind => events.Any(file => file.Record.Event == kind)))
            {
                Add("EventSchemas", EventSchemasFile.Of(events, AllEvents, ns));
            }
        }

        if (selection.Docs is not null)
        {
            files.Add(DocsFile.Of(folder, selection.Docs));
        }
    }
}
