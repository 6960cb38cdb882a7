using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>The resolution rules at one pair of types (Avro 1.12, "Schema Resolution"): what it breaks, and what it depends on.</summary>
internal static class PairRules
{
    public static void Apply(PairGraph graph, SchemaPair pair)
    {
        var reader = pair.Reader;
        var writer = pair.Writer;
        if (writer is UnionSchema written)
        {
            for (var i = 0; i < written.Branches.Count; i++)
            {
                PairGraph.Link(pair, new PairLink(graph.PairOf(reader, written.Branches[i]), "", $"/{i}"));
            }
        }
        else if (reader is UnionSchema read)
        {
            for (var i = 0; i < read.Branches.Count; i++)
            {
                PairGraph.Link(pair, new PairLink(graph.PairOf(read.Branches[i], writer), $"/{i}", ""));
            }
        }
        else if (reader.Type != writer.Type)
        {
            if (!Promotion.Exists(writer.Type, reader.Type))
            {
                pair.Faults.Add(TypeMismatch(reader, writer));
            }
            else
            {
                LogicalTypeRule.Apply(pair);
            }
        }
        else
        {
            ApplyToOneType(graph, pair);
        }
    }

    private static void ApplyToOneType(PairGraph graph, SchemaPair pair)
    {
        switch (pair.Reader, pair.Writer)
        {
            case (ArraySchema reader, ArraySchema writer):
                PairGraph.Link(pair, new PairLink(graph.PairOf(reader.Items, writer.Items), "/items", "/items"));
                break;
            case (MapSchema reader, MapSchema writer):
                PairGraph.Link(pair, new PairLink(graph.PairOf(reader.Values, writer.Values), "/values", "/values"));
                break;
            case (FixedSchema reader, FixedSchema writer):
                CheckNames(pair, reader, writer);
                if (reader.Size != writer.Size)
                {
                    pair.Faults.Add(SizeMismatch(reader, writer));
                }

                LogicalTypeRule.Apply(pair);
                break;
            case (EnumSchema reader, EnumSchema writer):
                CheckNames(pair, reader, writer);
                CheckSymbols(pair, reader, writer);
                break;
            case (RecordSchema reader, RecordSchema writer):
                CheckNames(pair, reader, writer);
                FieldPairRules.Apply(graph, pair, reader, writer);
                break;
            default:
                LogicalTypeRule.Apply(pair);
                break;
        }
    }

    // Simple names count, not namespaces: so says Avro 1.12, and so does Java's checker. Aliases are full names.
    private static void CheckNames(SchemaPair pair, NamedSchema reader, NamedSchema writer)
    {
        if (IsNamedLike(reader, writer))
        {
            return;
        }

        pair.Faults.Add(new SchemaFault(
            CompatibilityRule.NameMismatch, $"expected: {writer.FullName}", reader.FullName, writer.FullName, "/name"));
    }

    public static bool IsNamedLike(NamedSchema reader, NamedSchema writer) =>
        reader.Name.Name == writer.Name.Name || reader.Aliases.Any(alias => alias.FullName == writer.FullName);

    private static void CheckSymbols(SchemaPair pair, EnumSchema reader, EnumSchema writer)
    {
        if (reader.Default is not null)
        {
            return;
        }

        string[] missing = [.. writer.Symbols.Except(reader.Symbols).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            pair.Faults.Add(new SchemaFault(CompatibilityRule.MissingEnumSymbols, $"[{string.Join(", ", missing)}]", Key: "/symbols"));
        }
    }

    private static SchemaFault SizeMismatch(FixedSchema reader, FixedSchema writer) => new(
        CompatibilityRule.FixedSizeMismatch,
        $"expected: {writer.Size}, found: {reader.Size}",
        $"{reader.FullName} of {reader.Size}",
        $"{writer.Size}",
        "/size");

    private static SchemaFault TypeMismatch(AvroSchema reader, AvroSchema writer) => new(
        CompatibilityRule.TypeMismatch,
        $"reader type: {reader.TypeName.ToUpperInvariant()} not compatible with writer type: {writer.TypeName.ToUpperInvariant()}",
        Shown(reader),
        Shown(writer));

    /// <summary>A type as sentences name it.</summary>
    public static string Shown(AvroSchema schema) => schema is NamedSchema named ? $"{named.TypeName} {named.FullName}" : schema.TypeName;
}
