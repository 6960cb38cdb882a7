using System.Globalization;
using AdTracking.Avro.Schemas;
using AdTracking.SchemaTool.Model;
using AdTracking.SchemaTool.Naming;

namespace AdTracking.SchemaTool.Generation;

/// <summary>Statements that write a value.</summary>
internal static class WriteCode
{
    /// <summary>Adds the statements that write <paramref name="value"/>, an expression.</summary>
    public static void Add(CodeText code, AvroSchema schema, string value, CodeScope scope, LocalNames names)
    {
        var nullBranch = Shapes.NullBranchOf(schema);
        if (nullBranch >= 0)
        {
            AddNullable(code, Shapes.WithoutNull(schema), value, nullBranch, scope, names);
            return;
        }

        switch (schema)
        {
            case UnionSchema { NullIndex: >= 0 } union:
                AddNullableUnion(code, union.NullIndex, value, names);
                break;
            case UnionSchema or RecordSchema:
                code.Line($"{value}.Encode(ref writer);");
                break;
            case EnumSchema:
                code.Line($"writer.WriteEnum((int){value});");
                break;
            case ArraySchema array:
                var item = names.Next("item");
                AddBlock(code, "Array", value, $"{scope.TypeOf(array.Items)} {item}", () => Add(code, array.Items, item, scope, names));
                break;
            case MapSchema map:
                (var key, var entry) = (names.Next("key"), names.Next("value"));
                AddBlock(code, "Map", value, $"(string {key}, {scope.TypeOf(map.Values)} {entry})", () =>
                {
                    code.Line($"writer.WriteString({key});");
                    Add(code, map.Values, entry, scope, names);
                });
                break;
            default:
                code.Line($"writer.{string.Format(CultureInfo.InvariantCulture, LeafType.Of(schema)!.Write, value)};");
                break;
        }
    }

    private static void AddNullable(CodeText code, AvroSchema schema, string value, int nullBranch, CodeScope scope, LocalNames names)
    {
        if (nullBranch == 0 && LeafType.Of(schema)?.OrNull is { } word)
        {
            code.Line($"writer.Write{word}OrNull({value});");
            return;
        }

        code.Line($"writer.WriteUnionIndex({value} is null ? {nullBranch} : {1 - nullBranch});");
        var some = names.Next("some");
        code.Open($"if ({value} is {{ }} {some})");
        Add(code, schema, some, scope, names);
        code.Close();
    }

    private static void AddNullableUnion(CodeText code, int nullIndex, string value, LocalNames names)
    {
        var some = names.Next("some");
        code.Line($"if ({value} is {{ }} {some})").Line($"    {some}.Encode(ref writer);");
        code.Line("else").Line($"    writer.WriteUnionIndex({nullIndex});");
    }

    private static void AddBlock(CodeText code, string kind, string value, string item, Action addItem)
    {
        code.Line($"writer.Write{kind}Start({value}.Count);");
        code.Open($"foreach ({item} in {value})");
        addItem();
        code.Close().Line("writer.WriteBlockEnd();");
    }
}
