using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Parses records and their fields.</summary>
internal static class RecordParser
{
    private static readonly string[] RecordKeys = ["type", "name", "namespace", "aliases", "doc", "fields"];
    private static readonly string[] FieldKeys = ["name", "type", "aliases", "doc", "default", "order"];

    public static RecordSchema? Parse(SchemaContext context, JsonNode node, string enclosing)
    {
        var naming = NameParser.Parse(context, node, enclosing);
        var fieldsNode = context.Require(node, "fields", JsonValueKind.Array, "an array of fields");
        if (fieldsNode is null)
        {
            if (naming is not null)
            {
                context.DefineBroken(naming.Name.FullName);
            }

            return null;
        }

        RecordSchema? record = null;
        if (naming is not null)
        {
            record = new RecordSchema(naming, LogicalTypeParser.Attributes(context, node, SchemaType.Record, 0, RecordKeys));
            context.Define(node.Member("name")!, record);
        }

        // Without a name the fields are looked at all the same, for their problems.
        var fields = ParseFields(context, fieldsNode, naming?.Name.Namespace ?? enclosing);
        record?.Complete(fields);
        if (record is not null && fields.Exists(field => field.Schema == record))
        {
            context.Report(node, SchemaProblemCode.EndlessRecord, $"\"{record.FullName}\" contains itself: no value of it can exist.");
        }

        return record;
    }

    private static List<RecordField> ParseFields(SchemaContext context, JsonNode fieldsNode, string enclosing)
    {
        List<RecordField> fields = [];
        HashSet<string> names = [];
        foreach (var node in fieldsNode.Items)
        {
            if (node.Kind != JsonValueKind.Object)
            {
                var message = $"A field is an object, not {SchemaParser.Describe(node)}.";
                context.Report(node, SchemaProblemCode.InvalidAttribute, message);
                continue;
            }

            var field = ParseField(context, node, enclosing, fields.Count, names);
            if (field is not null)
            {
                fields.Add(field);
            }
        }

        CheckAliases(context, fieldsNode, names);
        return fields;
    }

    private static RecordField? ParseField(SchemaContext context, JsonNode node, string enclosing, int index, HashSet<string> names)
    {
        var nameNode = context.Require(node, "name", JsonValueKind.String, "a string");
        var name = nameNode?.Text ?? "";
        if (nameNode is not null && !SchemaName.IsSimple(name))
        {
            NameParser.Report(context, nameNode, "name", name);
        }
        else if (nameNode is not null && !names.Add(name))
        {
            context.Report(nameNode, SchemaProblemCode.DuplicateField, $"The field \"{Shortened.Of(name)}\" occurs twice.");
        }

        var typeNode = node.Member("type");
        if (typeNode is null)
        {
            context.Report(node, SchemaProblemCode.MissingAttribute, "\"type\" is missing: a schema.");
        }

        var schema = typeNode is null ? null : TypeParser.Parse(context, typeNode, enclosing);
        var order = ParseOrder(context, node);
        var doc = context.OptionalText(node, "doc");
        IReadOnlyList<string> aliases = [.. context.OptionalTexts(node, "aliases").Select(alias => alias.Text!)];
        var value = node.Member("default");
        if (schema is null)
        {
            return null;
        }

        if (value is not null)
        {
            context.CheckLater(value, schema);
        }

        (var line, var column) = context.Source.Place(node.Start);
        return new RecordField(name, schema, index)
        {
            Aliases = aliases,
            Doc = doc,
            Default = value is null ? null : context.Source.Element(value),
            Order = order,
            Properties = context.Properties(node, FieldKeys, keepLogicalType: true),
            Line = line,
            Column = column,
        };
    }

    private static FieldOrder ParseOrder(SchemaContext context, JsonNode field)
    {
        var text = context.OptionalText(field, "order");
        switch (text)
        {
            case null or "ascending":
                return FieldOrder.Ascending;
            case "descending":
                return FieldOrder.Descending;
            case "ignore":
                return FieldOrder.Ignore;
            default:
                var message = $"\"order\" is \"{Shortened.Of(text)}\", but must be ascending, descending or ignore.";
                context.Report(field.Member("order")!, SchemaProblemCode.InvalidAttribute, message);
                return FieldOrder.Ascending;
        }
    }

    private static void CheckAliases(SchemaContext context, JsonNode fieldsNode, HashSet<string> names)
    {
        foreach (var field in fieldsNode.Items)
        {
            if (field.Member("aliases") is not { Kind: JsonValueKind.Array } aliases)
            {
                continue;
            }

            foreach (var alias in aliases.Items)
            {
                if (alias.Text is not { } text)
                {
                    continue;
                }

                if (!SchemaName.IsSimple(text))
                {
                    NameParser.Report(context, alias, "alias", text);
                }
                else if (names.Contains(text) && text != field.Member("name")?.Text)
                {
                    context.Report(alias, SchemaProblemCode.AliasHidesField, $"The alias \"{Shortened.Of(text)}\" is another field's name.");
                }
            }
        }
    }
}
