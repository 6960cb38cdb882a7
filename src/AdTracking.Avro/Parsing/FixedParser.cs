using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Parses fixed.</summary>
internal static class FixedParser
{
    private static readonly string[] Keys = ["type", "name", "namespace", "aliases", "doc", "size"];

    public static FixedSchema? Parse(SchemaContext context, JsonNode node, string enclosing)
    {
        var naming = NameParser.Parse(context, node, enclosing);
        var sizeNode = context.Require(node, "size", JsonValueKind.Number, "a number of bytes");
        var size = -1;
        if (sizeNode is not null && (!context.Source.Element(sizeNode).TryGetInt32(out size) || size < 0))
        {
            context.Report(sizeNode, SchemaProblemCode.InvalidAttribute, "\"size\" must be a whole number from 0 to 2147483647.");
            size = -1;
        }

        if (naming is null)
        {
            return null;
        }

        if (size < 0)
        {
            context.DefineBroken(naming.Name.FullName);
            return null;
        }

        FixedSchema schema = new(naming, size, LogicalTypeParser.Attributes(context, node, SchemaType.Fixed, size, Keys));
        context.Define(node.Member("name")!, schema);
        return schema;
    }
}
