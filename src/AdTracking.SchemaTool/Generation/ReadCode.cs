using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>Expressions that read a value.</summary>
internal static class ReadCode
{
    /// <summary>The expression that reads a value of the schema with <paramref name="reader"/>.</summary>
    public static string Of(AvroSchema schema, string reader = "reader")
    {
        int nullBranch = Shapes.NullBranchOf(schema);
        if (nullBranch >= 0)
        {
            AvroSchema value = Shapes.WithoutNull(schema);
            return nullBranch == 0 && CSharpTypes.Word(value) is { } word
                ? $"{reader}.Read{word}OrNull()"
                : $"{reader}.ReadUnionIndex(2) == {1 - nullBranch} ? {Of(value, reader)} : null";
        }

        return schema switch
        {
            RecordSchema record => $"{CSharpNames.Pascal(record.Name.Name)}.Decode(ref {reader})!",
            EnumSchema symbols => $"({CSharpNames.Pascal(symbols.Name.Name)}){reader}.ReadEnum({symbols.Symbols.Count})",
            FixedSchema @fixed => $"new AvroBytes({reader}.ReadFixed({@fixed.Size}).ToArray())",
            ArraySchema array => $"AvroList.Read(ref {reader}, {array.Items.EncodedBytesMin}, {Lambda(array.Items)})",
            MapSchema map => $"AvroMap.Read(ref {reader}, {map.Values.EncodedBytesMin}, {Lambda(map.Values)})",
            { Type: SchemaType.Bytes } => $"{reader}.ReadAvroBytes()",
            _ => $"{reader}.Read{CSharpTypes.Word(schema)}()",
        };
    }

    private static string Lambda(AvroSchema schema) => $"static (ref AvroReader r) => {Of(schema, "r")}";
}
