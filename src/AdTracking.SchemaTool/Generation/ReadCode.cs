using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Expressions that read a value.</summary>
internal static class ReadCode
{
    /// <summary>The expression that reads a value of the schema with <paramref name="reader"/>.</summary>
    public static string Of(AvroSchema schema, CodeScope scope, string reader = "reader")
    {
        var nullBranch = Shapes.NullBranchOf(schema);
        if (nullBranch >= 0)
        {
            var value = Shapes.WithoutNull(schema);
            return nullBranch == 0 && LeafType.Of(value)?.OrNull is { } word
                ? $"{reader}.Read{word}OrNull()"
                : $"{reader}.ReadUnionIndex(2) == {1 - nullBranch} ? {Of(value, scope, reader)} : null";
        }

        return schema switch
        {
            UnionSchema union => $"{scope.Expression(union)}.Decode(ref {reader})",
            RecordSchema record => $"{scope.Expression(record)}.Decode(ref {reader})!",
            EnumSchema symbols => $"({scope.TypeOf(symbols)}){reader}.ReadEnum({symbols.Symbols.Count})",
            ArraySchema array => $"AvroList.Read{Items(array.Items, scope, reader)}",
            MapSchema map => $"AvroMap.Read{Items(map.Values, scope, reader)}",
            _ => $"{reader}.{LeafType.Of(schema)!.Read}",
        };
    }

    // What is one call says its type itself.
    private static string Items(AvroSchema item, CodeScope scope, string reader) =>
        $"{(LeafType.Of(item) is null ? $"<{scope.TypeOf(item)}>" : "")}(ref {reader}, {item.EncodedBytesMin}, {Lambda(item, scope)})";

    private static string Lambda(AvroSchema schema, CodeScope scope) => $"static (ref AvroReader r) => {Of(schema, scope, "r")}";
}
