using System.Text.Json;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary><c>AdImpressionLayout.g.cs</c>: the table that the hot path works by.</summary>
internal static class LayoutFile
{
    /// <summary>The text of the file.</summary>
    public static string Of(RecordModel record, string origin, string ns)
    {
        var name = CSharpNames.Pascal(record.Name);
        var code = CodeFile.Start(origin, ns, CodeFile.EventUsings);
        code.Summary($"What the hot path knows of {record.Name}: every field with its names and limits.");
        code.Open($"public static class {name}Layout");
        code.Summary("The schema: what is written, and what is registered.");
        code.Line($"public const string SchemaJson = {name}Schema.Json;").Line();
        code.Summary("The table, in the order of the fields.");
        code.Line("public static EventLayout Layout { get; } = new(").Indent();
        code.Line($"name: \"{record.Name}\",").Line($"kind: EventKind.{CSharpNames.Pascal(record.Event!)},");
        code.Line("schemaJson: SchemaJson,").Line($"revision: {name}Schema.Revision,");
        code.Line("fields:").Line("[").Indent();
        foreach (var field in record.Fields)
        {
            code.Line($"new FieldRule({string.Join(", ", Arguments(field))}),");
        }

        code.Unindent().Line("],");
        AddNames(code, record);
        return code.Unindent().Close().ToString();
    }

    /// <summary>The kind of field as the hot path sees it, or null when it knows no such.</summary>
    public static string? KindOf(FieldModel field) => field.Value switch
    {
        _ when field.Constraints.Kind == "money" => "MoneyMicros",
        _ when Shapes.IsTimestampMillis(field.Value) => "TimestampMillis",
        EnumSchema => "Enum",
        ArraySchema { Items.Type: SchemaType.Int } => "IntArray",
        MapSchema { Values.Type: SchemaType.String } => "StringMap",
        { LogicalType: not null } => null,
        { Type: SchemaType.String or SchemaType.Int or SchemaType.Long or SchemaType.Boolean } => field.Value.Type.ToString(),
        _ => null,
    };

    private static void AddNames(CodeText code, RecordModel record)
    {
        var groups = record.Schema.Find("engagement_group")?.Schema as EnumSchema;
        code.Line("names:").Line("[").Indent();
        foreach (var name in record.Names)
        {
            var group = name.Group is { } symbol && groups is not null ? $", group: {groups.IndexOf(symbol)}" : "";
            code.Line($"new EventName({Quoted(name.Name)}{group}{(name.Repeats ? ", repeats: true" : "")}),");
        }

        code.Unindent().Line(record.Aliases.Count == 0 ? "]);" : "],");
        if (record.Aliases.Count == 0)
        {
            return;
        }

        code.Line("aliases:").Line("[").Indent();
        foreach ((var alias, var name) in record.Aliases)
        {
            code.Line($"({Quoted(alias)}, {Quoted(name)}),");
        }

        code.Unindent().Line("]);");
    }

    private static IEnumerable<string> Arguments(FieldModel field)
    {
        var constraints = field.Constraints;
        yield return $"name: {Quoted(field.Name)}";
        yield return $"kind: FieldKind.{KindOf(field)}";
        if (field.Nullable)
        {
            yield return "nullable: true";
        }

        if (constraints.Query is { } query)
        {
            yield return $"query: {Quoted(query)}";
        }

        if (constraints.QueryAlias is { } queryAlias)
        {
            yield return $"queryAlias: {Quoted(queryAlias)}";
        }

        if (constraints.GatewayOwned)
        {
            yield return "owner: FieldOwner.Gateway";
        }

        if (constraints.Required)
        {
            yield return "required: true";
        }

        if (constraints.LengthMax is { } lengthMax)
        {
            yield return $"lengthMax: {lengthMax}";
        }

        if (constraints.ItemsMax is { } itemsMax)
        {
            yield return $"itemsMax: {itemsMax}";
        }

        if (constraints.KeyLengthMax is { } keyLengthMax)
        {
            yield return $"keyLengthMax: {keyLengthMax}";
        }

        if (constraints.Range is (long min, long max))
        {
            yield return $"min: {min}, max: {max}";
        }

        if (constraints.Pattern is { } pattern)
        {
            yield return $"pattern: FieldPattern.{CSharpNames.Pascal(pattern)}";
        }

        if (constraints.Macro is { } macro and not "none")
        {
            yield return $"macro: MacroPolicy.{CSharpNames.Pascal(macro)}";
        }

        if (field.Value is EnumSchema symbols)
        {
            yield return $"symbols: [{string.Join(", ", symbols.Symbols.Select(Quoted))}], symbolDefault: {DefaultIndex(field)}";
        }

        if (constraints.DecimalName is { } decimalName)
        {
            yield return $"decimalName: {Quoted(decimalName)}";
        }
    }

    /// <summary>Index of the symbol that an enum's field holds by default.</summary>
    public static int DefaultIndex(FieldModel field) => field.Value is EnumSchema symbols
        && field.Field.Default is { ValueKind: JsonValueKind.String } value ? symbols.IndexOf(value.GetString()!) : 0;

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
