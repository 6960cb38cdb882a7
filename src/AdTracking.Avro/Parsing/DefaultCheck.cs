using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Checks defaults against their types (Avro 1.12, "Complex Types", table of field default values).</summary>
internal static class DefaultCheck
{
    public static void Run(SchemaContext context, JsonNode node, AvroSchema schema)
    {
        (var at, var fault) = Fault(context, node, schema) ?? (node, "");
        if (fault.Length > 0)
        {
            context.Report(at, SchemaProblemCode.InvalidDefault, fault);
        }
        else if (schema is UnionSchema union && Fault(context, node, union.Branches[0]) is not null)
        {
            var message = $"The default fits a later branch than \"{union.Branches[0].BranchName}\": readers before Avro 1.12 refuse it.";
            context.Report(node, SchemaProblemCode.DefaultOfLaterBranch, message);
        }
    }

    // The recursion follows the JSON, whose depth the reader has bounded.
    private static (JsonNode At, string Fault)? Fault(SchemaContext context, JsonNode node, AvroSchema schema)
    {
        switch (schema)
        {
            case RecordSchema record:
                return node.Kind == JsonValueKind.Object ? FaultOfRecord(context, node, record) : Mismatch(node, schema);
            case ArraySchema array:
                return node.Kind == JsonValueKind.Array ? FirstFault(context, node.Items, array.Items) : Mismatch(node, schema);
            case MapSchema map:
                return node.Kind == JsonValueKind.Object ? FirstFault(context, node.Members.Values, map.Values) : Mismatch(node, schema);
            case UnionSchema union:
                return FaultOfUnion(context, node, union);
            case EnumSchema symbols:
                return node.Text is { } text && symbols.Symbols.Contains(text) ? null : Mismatch(node, schema);
            case FixedSchema { Size: int size }:
                return IsBytes(node) && node.Text!.Length == size ? null : Mismatch(node, schema);
            default:
                return FitsPrimitive(context, node, schema.Type) ? null : Mismatch(node, schema);
        }
    }

    private static bool FitsPrimitive(SchemaContext context, JsonNode node, SchemaType type) => type switch
    {
        SchemaType.Null => node.Kind == JsonValueKind.Null,
        SchemaType.Boolean => node.Kind is JsonValueKind.True or JsonValueKind.False,
        SchemaType.Int => node.Kind == JsonValueKind.Number && context.Source.Element(node).TryGetInt32(out _),
        SchemaType.Long => node.Kind == JsonValueKind.Number && context.Source.Element(node).TryGetInt64(out _),
        SchemaType.Float or SchemaType.Double => node.Kind == JsonValueKind.Number,
        SchemaType.Bytes => IsBytes(node),
        _ => node.Kind == JsonValueKind.String,
    };

    // Bytes stand in JSON as the characters U+0000 to U+00FF.
    private static bool IsBytes(JsonNode node) => node.Text is { } text && !text.AsSpan().ContainsAnyExceptInRange('\u0000', '\u00FF');

    private static (JsonNode At, string Fault)? FaultOfRecord(SchemaContext context, JsonNode node, RecordSchema record)
    {
        foreach (var field in record.Fields)
        {
            if (node.Member(field.Name) is { } value)
            {
                if (Fault(context, value, field.Schema) is { } fault)
                {
                    return fault;
                }
            }
            else if (field.Default is null)
            {
                return (node, $"The default of record \"{record.FullName}\" lacks the field \"{field.Name}\", which has no default.");
            }
        }

        return null;
    }

    private static (JsonNode At, string Fault)? FirstFault(SchemaContext context, IEnumerable<JsonNode> nodes, AvroSchema schema)
    {
        foreach (var node in nodes)
        {
            if (Fault(context, node, schema) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static (JsonNode At, string Fault)? FaultOfUnion(SchemaContext context, JsonNode node, UnionSchema union) =>
        union.Branches.Any(branch => Fault(context, node, branch) is null) ? null : Mismatch(node, union);

    private static (JsonNode At, string Fault) Mismatch(JsonNode node, AvroSchema schema)
    {
        var type = schema switch
        {
            UnionSchema union => "any branch of [" + Shortened.Of(string.Join(", ", union.Branches.Select(branch => branch.BranchName))) + "]",
            FixedSchema { Size: int size } => $"fixed of {size} bytes",
            _ => schema.BranchName,
        };
        return (node, $"The default {SchemaParser.Describe(node)} does not fit {type}.");
    }
}
