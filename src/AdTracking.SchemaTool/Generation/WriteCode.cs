using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>Statements that write a value.</summary>
internal static class WriteCode
{
    /// <summary>Adds the statements that write <paramref name="value"/>, an expression.</summary>
    public static void Add(CodeText code, AvroSchema schema, string value, LocalNames names)
    {
        int nullBranch = Shapes.NullBranchOf(schema);
        if (nullBranch >= 0)
        {
            AddNullable(code, Shapes.WithoutNull(schema), value, nullBranch, names);
            return;
        }

        switch (schema)
        {
            case RecordSchema:
                code.Line($"{value}.Encode(ref writer);");
                break;
            case EnumSchema:
                code.Line($"writer.WriteEnum((int){value});");
                break;
            case FixedSchema:
                code.Line($"writer.WriteFixed({value}.Span);");
                break;
            case ArraySchema array:
                string item = names.Next("item");
                AddBlock(code, "Array", value, $"{CSharpTypes.Of(array.Items)} {item}", () => Add(code, array.Items, item, names));
                break;
            case MapSchema map:
                (string key, string entry) = (names.Next("key"), names.Next("value"));
                AddBlock(code, "Map", value, $"(string {key}, {CSharpTypes.Of(map.Values)} {entry})", () =>
                {
                    code.Line($"writer.WriteString({key});");
                    Add(code, map.Values, entry, names);
                });
                break;
            default:
                code.Line($"writer.Write{CSharpTypes.Word(schema)}({value}{(schema.Type == SchemaType.Bytes ? ".Span" : "")});");
                break;
        }
    }

    private static void AddNullable(CodeText code, AvroSchema schema, string value, int nullBranch, LocalNames names)
    {
        if (nullBranch == 0 && CSharpTypes.Word(schema) is { } word)
        {
            code.Line($"writer.Write{word}OrNull({value});");
            return;
        }

        code.Line($"writer.WriteUnionIndex({value} is null ? {nullBranch} : {1 - nullBranch});");
        string some = names.Next("some");
        code.Open($"if ({value} is {{ }} {some})");
        Add(code, schema, some, names);
        code.Close();
    }

    private static void AddBlock(CodeText code, string kind, string value, string item, Action addItem)
    {
        code.Line($"writer.Write{kind}Start({value}.Count);");
        code.Open($"foreach ({item} in {value})");
        addItem();
        code.Close().Line("writer.WriteBlockEnd();");
    }
}
