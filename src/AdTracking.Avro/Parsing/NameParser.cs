using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Parses what records, enums and fixed have in common: name, namespace, aliases, doc.</summary>
internal static class NameParser
{
    /// <summary>The naming, or null and a problem where there is no usable name.</summary>
    public static SchemaNaming? Parse(SchemaContext context, JsonNode node, string enclosing)
    {
        var nameNode = context.Require(node, "name", JsonValueKind.String, "a string");
        var spaceOfNode = context.OptionalText(node, "namespace") ?? enclosing;
        if (nameNode is null)
        {
            return null;
        }

        var name = SchemaName.Resolve(nameNode.Text!, spaceOfNode);
        if (!CheckName(context, nameNode, node, name))
        {
            context.DefineBroken(name.FullName);
            return null;
        }

        List<SchemaName> aliases = [];
        foreach (var alias in context.OptionalTexts(node, "aliases"))
        {
            if (SchemaName.IsDotted(alias.Text!))
            {
                aliases.Add(SchemaName.Resolve(alias.Text!, name.Namespace));
            }
            else
            {
                Report(context, alias, "alias", alias.Text!);
            }
        }

        return new SchemaNaming(name, aliases, context.OptionalText(node, "doc"));
    }

    public static void Report(SchemaContext context, JsonNode node, string what, string name) =>
        context.Report(
            node,
            SchemaProblemCode.InvalidName,
            $"The {what} \"{Shortened.Of(name)}\" breaks the rule for names: letters, digits and underscores, not a digit first.");

    private static bool CheckName(SchemaContext context, JsonNode nameNode, JsonNode node, SchemaName name)
    {
        if (!SchemaName.IsDotted(nameNode.Text!))
        {
            Report(context, nameNode, "name", nameNode.Text!);
            return false;
        }

        if (name.Namespace.Length > 0 && !SchemaName.IsDotted(name.Namespace))
        {
            Report(context, node.Member("namespace") ?? nameNode, "namespace", name.Namespace);
            return false;
        }

        if (!SchemaTypes.TryPrimitive(name.Name, out _))
        {
            return true;
        }

        context.Report(nameNode, SchemaProblemCode.InvalidName, $"\"{name.Name}\" is a type of Avro and cannot be defined.");
        return false;
    }
}
