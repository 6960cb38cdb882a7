using AdTracking.Avro;

namespace AdTracking.SchemaTool;

/// <summary>Statements that write a value.</summary>
internal static class WriteCode
{
    /// <summary>Adds the statements that write <paramref name="value"/>, an expression.</summary>
    public static void Add(CodeText code, AvroSchema schema, string value, int depth = 0)
    {
        int nullBranch = Shapes.NullBranchOf(schema);
        if (nullBranch >= 0)
        {
            AddNullable(code, Shapes.WithoutNull(schema), value, nullBranch, depth);
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
                string item = $"item{depth}";
                AddBlock(code, "Array", value, $"{CSharpTypes.Of(array.Items)} {item}", () => Add(code, array.Items, item, depth + 1));
                break;
            case MapSchema map:
                AddBlock(code, "Map", value, $"(string key{depth}, {CSharpTypes.Of(map.Values)} value{depth})", () =>
                {
                    code.Line($"writer.WriteString(key{depth});");
                    Add(code, map.Values, $"value{depth}", depth + 1);
                });
                break;
            default:
                code.Line($"writer.Write{CSharpTypes.Word(schema)}({value}{(schema.Type == SchemaType.Bytes ? ".Span" : "")});");
                break;
        }
    }

    private static void AddNullable(CodeText code, AvroSchema schema, string value, int nullBranch, int depth)
    {
        if (nullBranch == 0 && CSharpTypes.Word(schema) is { } word)
        {
            code.Line($"writer.Write{word}OrNull({value});");
            return;
        }

        code.Line($"writer.WriteUnionIndex({value} is null ? {nullBranch} : {1 - nullBranch});");
        code.Open($"if ({value} is {{ }} some{depth})");
        Add(code, schema, $"some{depth}", depth + 1);
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
