using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Parses unions: no union inside, no two branches of one type, except records, enums and fixed of different names.</summary>
internal static class UnionParser
{
    public static UnionSchema? Parse(SchemaContext context, JsonNode node, string enclosing)
    {
        List<AvroSchema> branches = [];
        HashSet<string> seen = [];
        foreach (var item in node.Items)
        {
            var branch = TypeParser.Parse(context, item, enclosing);
            if (branch is null)
            {
                continue;
            }

            if (branch.Type == SchemaType.Union)
            {
                context.Report(item, SchemaProblemCode.InvalidUnion, "A union stands directly inside a union.");
            }
            else if (!seen.Add(branch.BranchName))
            {
                context.Report(item, SchemaProblemCode.InvalidUnion, $"The union has two branches of type \"{branch.BranchName}\".");
            }

            branches.Add(branch);
        }

        (var line, var column) = context.Source.Place(node.Start);
        SchemaAttributes attributes = new(null, SchemaProperties.None, line, column);
        return branches.Count == node.Items.Count ? new UnionSchema(branches, attributes) : null;
    }
}
