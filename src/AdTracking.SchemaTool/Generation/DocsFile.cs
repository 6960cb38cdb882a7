using System.Text;
using System.Text.Json;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Reading;
using AdTracking.SchemaTool.Reports;

namespace AdTracking.SchemaTool.Generation;

/// <summary>The tables of fields in the documentation: everything between the two marks of an existing Markdown file.</summary>
internal static class DocsFile
{
    private const string Begin = "<!-- adtracking-schema: begin -->";
    private const string End = "<!-- adtracking-schema: end -->";

    /// <summary>The file with fresh tables.</summary>
    public static GeneratedFile Of(SchemaFolder folder, string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : $"{Begin}\n{End}\n";
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            folder.Problems.Add(new(path, 1, 1, ProblemCode.DocsWithoutMarks, $"the tables belong between the lines {Begin} and {End}"));
            return new GeneratedFile(path, text, "the schemas");
        }

        return new GeneratedFile(path, text[..(begin + Begin.Length)] + "\n\n" + Tables(folder) + text[end..], "the schemas");
    }

    private static string Tables(SchemaFolder folder)
    {
        var text = new StringBuilder();
        var common = CommonFields.Count(folder.Events);
        if (common > 0)
        {
            AddTable(text, "Common fields", "All events begin with these, in this order.", folder.Events[0].Record, 0, common);
        }

        foreach (var file in folder.Files)
        {
            var from = file.Record.Event is null ? 0 : common;
            var doc = file.Record.Schema.Doc + (from > 0 ? " Behind the common fields:" : "");
            AddTable(text, file.Record.Name, doc, file.Record, from, file.Record.Fields.Count);
        }

        foreach (var file in folder.Events.Where(static file => file.Record.Names.Count > 1))
        {
            AddNames(text, file.Record);
        }

        return text.ToString();
    }

    private static void AddTable(StringBuilder text, string title, string doc, RecordModel record, int from, int to)
    {
        text.Append($"## {title}\n\n{doc}\n\n");
        text.Append("| field | type | query | set by | limits | privacy | meaning |\n|---|---|---|---|---|---|---|\n");
        foreach (var field in record.Fields.Take(to).Skip(from))
        {
            var name = field.Name + (field.Constraints.Required ? @" \*\*" : field.Mandatory ? @" \*" : "");
            var by = record.Event is null || field.Constraints.GatewayOwned ? "gateway" : "sender";
            text.Append($"| {name} | {TypeOf(field)} | {Code(Queries(field.Constraints))} | {by} ");
            text.Append($"| {Limits(field)} | {field.Constraints.Privacy} | {Cell(field.Field.Doc)} |\n");
        }

        text.Append('\n');
    }

    private static void AddNames(StringBuilder text, RecordModel record)
    {
        text.Append($"## Names of {record.Name}\n\nThose with + can occur several times and need `seq`.\n\n| group | names |\n|---|---|\n");
        foreach (var group in record.Names.GroupBy(static name => name.Group ?? ""))
        {
            text.Append($"| {group.Key} | {string.Join(' ', group.Select(static name => name.Name + (name.Repeats ? "+" : "")))} |\n");
        }

        text.Append("\n| older spelling | name |\n|---|---|\n");
        foreach ((var alias, var name) in record.Aliases)
        {
            text.Append($"| {alias} | {name} |\n");
        }

        text.Append('\n');
    }

    private static string TypeOf(FieldModel field)
    {
        var type = field.Value switch
        {
            EnumSchema symbols => $"{symbols.Name.Name}: {string.Join(' ', symbols.Symbols)}",
            ArraySchema array => $"array of {array.Items.TypeName}",
            MapSchema map => $"map of {map.Values.TypeName}",
            { LogicalType: { } logical } => logical.Name,
            _ => field.Value.TypeName,
        };
        var mark = field.Nullable ? "?" : "";
        var says = field.Value is not (ArraySchema or MapSchema) && field.Field.Default is { ValueKind: not JsonValueKind.Null };
        return says ? $"{type}{mark}, default {field.Field.Default!.Value.GetRawText().Trim('"')}" : type + mark;
    }

    private static string Queries(FieldConstraints constraints) =>
        string.Join(' ', new[] { constraints.Query, constraints.QueryAlias }.OfType<string>());

    private static string Limits(FieldModel field)
    {
        var c = field.Constraints;
        string?[] parts =
        [
            c.ItemsMax is { } items ? $"{items} entries" : null,
            c.KeyLengthMax is { } key ? $"key {key} bytes" : null,
            c.LengthMax is { } length ? $"{length} bytes" : null,
            c.Range is (long min, long max) ? $"{min} to {max}" : null,
            c.Pattern,
            c.DecimalName is { } name ? $"JSON also `{name}`, decimal" : null,
            c.Macro == "billing" ? "billing" : null,
        ];
        return string.Join(", ", parts.Where(static part => part is not null));
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";

    private static string Cell(string? text) => (text ?? "").Replace("|", @"\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
