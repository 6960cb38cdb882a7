using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;
using AdTracking.SchemaTool.Reading;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>EventSchemas.g.cs</c>: the layouts of all event classes together, as a decoder needs them.</summary>
internal static class EventSchemasFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(IReadOnlyList<SchemaFile> events, string origin, string ns)
    {
        var layouts = FieldVocabulary.Events
            .Select(kind => events.First(file => file.Record.Event == kind))
            .Select(static file => $"{CSharpNames.Pascal(file.Record.Name)}Layout.Layout");
        var code = CodeFile.Start(origin, ns, CodeFile.EventUsings);
        code.Summary("All event classes together.").Open("public static class EventSchemas");
        code.Summary("What a decoder chooses from by the name of the event.");
        code.Line($"public static EventLayouts Layouts {{ get; }} = new({string.Join(", ", layouts)});");
        return code.Close().ToString();
    }
}
