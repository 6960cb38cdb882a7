using System.Text.Json;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Parsing;

/// <summary>Parses enums.</summary>
internal static class EnumParser
{
    private static readonly string[] Keys = ["type", "name", "namespace", "aliases", "doc", "symbols", "default"];

    public static EnumSchema? Parse(SchemaContext context, JsonNode node, string enclosing)
    {
        var naming = NameParser.Parse(context, node, enclosing);
        var symbolsNode = context.Require(node, "symbols", JsonValueKind.Array, "an array of strings");
        if (symbolsNode is null)
        {
            if (naming is not null)
            {
                context.DefineBroken(naming.Name.FullName);
            }

            return null;
        }

        var symbols = ParseSymbols(context, node);
        var byDefault = context.OptionalText(node, "default");
        if (byDefault is not null && !symbols.Contains(byDefault))
        {
            var message = $"The default \"{Shortened.Of(byDefault)}\" is none of the symbols.";
            context.Report(node.Member("default")!, SchemaProblemCode.InvalidDefault, message);
        }

        if (naming is null)
        {
            return null;
        }

        var attributes = LogicalTypeParser.Attributes(context, node, SchemaType.Enum, 0, Keys);
        EnumSchema schema = new(naming, symbols, byDefault, attributes);
        context.Define(node.Member("name")!, schema);
        return schema;
    }

    private static List<string> ParseSymbols(SchemaContext context, JsonNode node)
    {
        List<string> symbols = [];
        HashSet<string> seen = [];
        foreach (var item in context.OptionalTexts(node, "symbols"))
        {
            var symbol = item.Text!;
            if (!SchemaName.IsSimple(symbol))
            {
                NameParser.Report(context, item, "symbol", symbol);
            }
            else if (!seen.Add(symbol))
            {
                context.Report(item, SchemaProblemCode.DuplicateSymbol, $"The symbol \"{Shortened.Of(symbol)}\" occurs twice.");
            }

            symbols.Add(symbol);
        }

        return symbols;
    }
}
