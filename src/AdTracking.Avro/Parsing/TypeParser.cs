using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Parses a schema in any of its forms: a name, an object or a union.</summary>
internal static class TypeParser
{
    private static readonly string[] TypeOnly = ["type"];
    private static readonly string[] ArrayKeys = ["type", "items"];
    private static readonly string[] MapKeys = ["type", "values"];

    /// <summary>The schema, or null and at least one problem.</summary>
    public static AvroSchema? Parse(SchemaContext context, JsonNode node, string enclosing)
    {
        switch (node.Kind)
        {
            case JsonValueKind.String:
                return ParseName(context, node, enclosing, node);
            case JsonValueKind.Array:
                return UnionParser.Parse(context, node, enclosing);
            case JsonValueKind.Object:
                var type = context.Require(node, "type", JsonValueKind.String, "a string that names the type");
                return type is null ? null : ParseObject(context, node, type, enclosing);
            default:
                var message = $"A schema is a name, an object or an array, not {SchemaParser.Describe(node)}.";
                context.Report(node, SchemaProblemCode.InvalidAttribute, message);
                return null;
        }
    }

    private static AvroSchema? ParseObject(SchemaContext context, JsonNode node, JsonNode type, string enclosing) => type.Text switch
    {
        "record" => RecordParser.Parse(context, node, enclosing),
        "enum" => EnumParser.Parse(context, node, enclosing),
        "fixed" => FixedParser.Parse(context, node, enclosing),
        "array" => ParseArray(context, node, enclosing),
        "map" => ParseMap(context, node, enclosing),
        _ => ParseName(context, node, enclosing, type),
    };

    private static ArraySchema? ParseArray(SchemaContext context, JsonNode node, string enclosing)
    {
        var items = ParseInner(context, node, "items", enclosing);
        return items is null ? null : new ArraySchema(items, AttributesOf(context, node, SchemaType.Array, ArrayKeys));
    }

    private static MapSchema? ParseMap(SchemaContext context, JsonNode node, string enclosing)
    {
        var values = ParseInner(context, node, "values", enclosing);
        return values is null ? null : new MapSchema(values, AttributesOf(context, node, SchemaType.Map, MapKeys));
    }

    private static AvroSchema? ParseInner(SchemaContext context, JsonNode owner, string key, string enclosing)
    {
        if (owner.Member(key) is { } node)
        {
            return Parse(context, node, enclosing);
        }

        context.Report(owner, SchemaProblemCode.MissingAttribute, $"\"{key}\" is missing: a schema.");
        return null;
    }

    private static AvroSchema? ParseName(SchemaContext context, JsonNode node, string enclosing, JsonNode nameNode)
    {
        var name = nameNode.Text!;
        if (SchemaTypes.TryPrimitive(name, out var primitive))
        {
            return new PrimitiveSchema(primitive, AttributesOf(context, node, primitive, TypeOnly));
        }

        var reference = SchemaName.Resolve(name, enclosing);
        if (context.TryFind(reference.FullName, out var schema))
        {
            if (node.Members.Count > 1)
            {
                var ignored = $"Attributes beside a reference to \"{Shortened.Of(schema.FullName)}\" are ignored.";
                context.Report(node, SchemaProblemCode.AttributesOnReference, ignored);
            }

            return schema;
        }

        if (!context.IsBroken(reference.FullName))
        {
            var message = $"\"{Shortened.Of(reference.FullName)}\" is neither a type of Avro nor defined before this place.";
            context.Report(nameNode, SchemaProblemCode.UnknownType, message);
        }

        return null;
    }

    /// <summary>Place, logical type and further attributes of a node of an unnamed type.</summary>
    private static SchemaAttributes AttributesOf(SchemaContext context, JsonNode node, SchemaType type, string[] known) =>
        LogicalTypeParser.Attributes(context, node, type, 0, known);
}
