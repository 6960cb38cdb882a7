using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Tests;

public sealed class SchemaParserTests
{
    [Fact]
    public void Parse_EverythingInOneSchema_IsInTheModel()
    {
        var record = (RecordSchema)TestData.Schema("""
            {
              "type": "record", "name": "R", "namespace": "a.b", "doc": "d", "aliases": ["Old", "x.Other"], "my.key": {"deep": [1, 2]},
              "fields": [
                {"name": "n", "type": ["null", "string"], "default": null, "doc": "fd", "aliases": ["k"], "order": "ignore", "adt.query": "q"},
                {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "B"}, "order": "descending"},
                {"name": "f", "type": {"type": "fixed", "name": "F", "namespace": "", "size": 16, "logicalType": "uuid"}},
                {"name": "t", "type": {"type": "long", "logicalType": "timestamp-millis", "extra": 1}},
                {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
                {"name": "l", "type": {"type": "array", "items": "E"}, "default": []},
                {"name": "m", "type": {"type": "map", "values": "double"}},
                {"name": "self", "type": ["null", "a.b.R", {"type": "array", "items": "R"}]}
              ]
            }
            """);

        (record.FullName, record.Doc, record.Line, record.Column).ShouldBe(("a.b.R", "d", 1, 1));
        record.Aliases.Select(alias => alias.FullName).ShouldBe(["a.b.Old", "x.Other"]);
        record.Properties["my.key"].GetProperty("deep")[1].GetInt32().ShouldBe(2);
        record.Properties.PlaceOf("my.key").ShouldBe((2, 107));
        var first = record.Fields[0];
        (first.Name, first.Doc, first.Order, first.Line, first.Column).ShouldBe(("n", "fd", FieldOrder.Ignore, 4, 5));
        first.Default!.Value.ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        first.Aliases.ShouldBe(["k"]);
        first.Properties["adt.query"].GetString().ShouldBe("q");
        ((UnionSchema)first.Schema).NullIndex.ShouldBe(0);
        var symbols = (EnumSchema)record.Fields[1].Schema;
        (symbols.FullName, symbols.Default, symbols.IndexOf("B"), symbols.IndexOf("C")).ShouldBe(("a.b.E", "B", 1, -1));
        record.Fields[1].Order.ShouldBe(FieldOrder.Descending);
        var uuid = (FixedSchema)record.Fields[2].Schema;
        (uuid.FullName, uuid.Size, uuid.LogicalType!.Kind).ShouldBe(("F", 16, LogicalTypeKind.Uuid));
        record.Fields[3].Schema.LogicalType.ShouldBe(new LogicalType(LogicalTypeKind.TimestampMillis));
        record.Fields[3].Schema.Properties.Keys.ShouldBe(["extra"]);
        record.Fields[4].Schema.LogicalType.ShouldBe(new LogicalType(LogicalTypeKind.Decimal, 10, 2));
        ((ArraySchema)record.Fields[5].Schema).Items.ShouldBeSameAs(symbols);
        ((UnionSchema)record.Fields[7].Schema).Branches[1].ShouldBeSameAs(record);
        record.Find("self")!.Index.ShouldBe(7);
        record.EncodedBytesMin.ShouldBe(1 + 1 + 16 + 1 + 1 + 1 + 1 + 1);
        TestData.Schema(record.ToString()).ToString().ShouldBe(record.ToString());
    }

    // Each: what is wrong, the text, the one problem: line, column, path, code.
    public static TheoryData<string, string> Problems() => new()
    {
        { """{"type":"record","fields":[]}""", "1,1 $ MissingAttribute" },
        { """{"type":"record","name":"R"}""", "1,1 $ MissingAttribute" },
        { """{"type":"record","name":7,"fields":[]}""", "1,25 $.name InvalidAttribute" },
        { """{"type":"record","name":"R","fields":{}}""", "1,38 $.fields InvalidAttribute" },
        { """{"type":"record","name":"R","fields":[1]}""", "1,39 $.fields[0] InvalidAttribute" },
        { """{"type":"record","name":"R","fields":[{"type":"int"}]}""", "1,39 $.fields[0] MissingAttribute" },
        { """{"type":"record","name":"R","fields":[{"name":"a"}]}""", "1,39 $.fields[0] MissingAttribute" },
        { """{"type":"record","name":"R","fields":[{"name":"a-b","type":"int"}]}""", "1,47 $.fields[0].name InvalidName" },
        { """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}""", "1,73 $.fields[1].name DuplicateField" },
        { """{"type":"record","name":"R","fields":[{"name":"a","type":"int","order":"up"}]}""", "1,72 $.fields[0].order InvalidAttribute" },
        { """{"type":"record","name":"R","fields":[{"name":"a","type":"int","aliases":["1"]}]}""", "1,75 $.fields[0].aliases[0] InvalidName" },
        { """{"type":"record","name":"R","fields":[{"name":"a","type":"int","aliases":"b"}]}""", "1,74 $.fields[0].aliases InvalidAttribute" },
        { """{"type":"record","name":"R","aliases":["-"],"fields":[]}""", "1,40 $.aliases[0] InvalidName" },
        { """{"type":"record","name":"R","doc":1,"fields":[]}""", "1,35 $.doc InvalidAttribute" },
        { """{"type":"record","name":"1R","fields":[]}""", "1,25 $.name InvalidName" },
        { """{"type":"record","name":"a..R","fields":[]}""", "1,25 $.name InvalidName" },
        { """{"type":"record","name":".R","fields":[]}""", "1,25 $.name InvalidName" },
        { """{"type":"record","name":"Ünder","fields":[]}""", "1,25 $.name InvalidName" },
        { """{"type":"record","name":"R","namespace":"a-b","fields":[]}""", "1,41 $.namespace InvalidName" },
        { """{"type":"record","name":"int","namespace":"x","fields":[]}""", "1,25 $.name InvalidName" },
        { """{"type":"enum","name":"E"}""", "1,1 $ MissingAttribute" },
        { """{"type":"enum","name":"E","symbols":["A","A"]}""", "1,42 $.symbols[1] DuplicateSymbol" },
        { """{"type":"enum","name":"E","symbols":["A-"]}""", "1,38 $.symbols[0] InvalidName" },
        { """{"type":"enum","name":"E","symbols":[1]}""", "1,38 $.symbols[0] InvalidAttribute" },
        { """{"type":"enum","name":"E","symbols":["A"],"default":"B"}""", "1,53 $.default InvalidDefault" },
        { """{"type":"fixed","name":"F"}""", "1,1 $ MissingAttribute" },
        { """{"type":"fixed","name":"F","size":-1}""", "1,35 $.size InvalidAttribute" },
        { """{"type":"fixed","name":"F","size":1.5}""", "1,35 $.size InvalidAttribute" },
        { """{"type":"fixed","name":"F","size":4294967296}""", "1,35 $.size InvalidAttribute" },
        { """{"type":"fixed","name":"F","size":"4"}""", "1,35 $.size InvalidAttribute" },
        { """{"type":"array"}""", "1,1 $ MissingAttribute" },
        { """{"type":"map"}""", "1,1 $ MissingAttribute" },
        { """{"type":"array","items":"nothing"}""", "1,25 $.items UnknownType" },
        { """{"type":{"type":"int"}}""", "1,9 $.type InvalidAttribute" },
        { """{"name":"x"}""", "1,1 $ MissingAttribute" },
        { "\"error\"", "1,1 $ UnknownType" },
        { "12", "1,1 $ InvalidAttribute" },
        { "null", "1,1 $ InvalidAttribute" },
        { """["int",["string"]]""", "1,8 $[1] InvalidUnion" },
        { """["int","int"]""", "1,8 $[1] InvalidUnion" },
        { """["int",{"type":"int","logicalType":"date"}]""", "1,8 $[1] InvalidUnion" },
        { """[{"type":"array","items":"int"},{"type":"array","items":"string"}]""", "1,33 $[1] InvalidUnion" },
        { """[{"type":"fixed","name":"F","size":1},"F"]""", "1,39 $[1] InvalidUnion" },
        { """[{"type":"fixed","name":"F","size":1},{"type":"fixed","name":"F","size":1}]""", "1,62 $[1].name DuplicateName|1,39 $[1] InvalidUnion" },
        { """{"type":"int","type":"int"}""", "1,15 $.type DuplicateKey" },
        { """{"type":"int","a b":1,"a b":1}""", "1,23 $[\"a b\"] DuplicateKey" },
        { "{\"type\":\n\n  \"ünt\",}", "3,9 $ JsonSyntax" },
        { "{\"type\":\"\\ud800\"}", "1,9 $ JsonSyntax" },
        { "[\"\U0001F600\",\r\n\t\"é\U0001F600\", 1]", "1,2 $[0] UnknownType|2,2 $[1] UnknownType|2,9 $[2] InvalidAttribute" },
        { "", "1,1 $ JsonSyntax" },
        { "\"int\" 1", "1,7 $ JsonSyntax" },
        { "/* c */ \"int\"", "1,1 $ JsonSyntax" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Parse_OneProblem_IsToldWithItsPlace(string text, string expected)
    {
        var result = SchemaParser.Parse(text);

        result.Schema.ShouldBeNull();
        result.Problems.Select(p => $"{p.Line},{p.Column} {p.Path} {p.Code}").ShouldBe(expected.Split('|'), ignoreOrder: true);
        result.Problems.ShouldAllBe(problem => !problem.IsWarning && problem.Message.EndsWith('.'));
        Should.Throw<FormatException>(() => result.Required()).Message.ShouldContain("ADT");
    }

    [Fact]
    public void Parse_ManyProblems_AreToldInOneGoInOrder()
    {
        var result = SchemaParser.Parse("""
            {"type": "record", "name": "R", "fields": [
              {"name": "a", "type": "strin"},
              {"name": "b b", "type": "int"},
              {"name": "ü", "type": "int"}, {"name": "c", "type": "int", "default": "x"},
              {"name": "d", "type": {"type": "enum", "name": "E", "symbols": ["A", "A"]}},
              {"name": "e", "type": "E", "default": "Z"}
            ]}
            """);

        result.Problems.Select(p => (p.Line, p.Column, p.Path, p.Code)).ShouldBe(
        [
            (2, 25, "$.fields[0].type", SchemaProblemCode.UnknownType),
            (3, 12, "$.fields[1].name", SchemaProblemCode.InvalidName),
            (4, 12, "$.fields[2].name", SchemaProblemCode.InvalidName),
            (4, 73, "$.fields[3].default", SchemaProblemCode.InvalidDefault),
            (5, 72, "$.fields[4].type.symbols[1]", SchemaProblemCode.DuplicateSymbol),
            (6, 41, "$.fields[5].default", SchemaProblemCode.InvalidDefault),
        ]);
    }

    [Fact]
    public void Parse_UsesOfABrokenDefinition_AreNotReportedToo()
    {
        var result = SchemaParser.Parse("""
            {"type":"record","name":"R","fields":[
              {"name":"a","type":{"type":"fixed","name":"F","size":-1}},
              {"name":"b","type":"F"}]}
            """);

        result.Problems.Select(problem => problem.Path).ShouldBe(["$.fields[0].type.size"]);
    }

    [Theory]
    [InlineData("""{"type":"bytes","logicalType":"decimal"}""", SchemaProblemCode.InvalidLogicalType)]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":2,"scale":3}""", SchemaProblemCode.InvalidLogicalType)]
    [InlineData("""{"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":5}""", SchemaProblemCode.InvalidLogicalType)]
    [InlineData("""{"type":"string","logicalType":"date"}""", SchemaProblemCode.InvalidLogicalType)]
    [InlineData("""{"type":"fixed","name":"F","size":15,"logicalType":"uuid"}""", SchemaProblemCode.InvalidLogicalType)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}""", SchemaProblemCode.EndlessRecord)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":["null","int"],"default":1}]}""", SchemaProblemCode.DefaultOfLaterBranch)]
    [InlineData(
        """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","aliases":["a"]}]}""",
        SchemaProblemCode.AliasHidesField)]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":["null",{"type":"R","x":1}]}]}""", SchemaProblemCode.AttributesOnReference)]
    public void Parse_Warning_LeavesTheSchema(string text, SchemaProblemCode expected)
    {
        var result = SchemaParser.Parse(text);

        result.Problems.Select(problem => problem.Code).ShouldBe([expected]);
        result.Problems[0].IsWarning.ShouldBeTrue();
        result.Required().LogicalType.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"type":"int","logicalType":"moon-phase"}""")]
    [InlineData("""{"type":"int","logicalType":7,"precision":1}""")]
    public void Parse_UnknownLogicalType_IsAProperty(string text)
    {
        var schema = TestData.Schema(text);

        schema.LogicalType.ShouldBeNull();
        schema.Properties.ContainsKey("logicalType").ShouldBeTrue();
        schema.ToString().ShouldBe(text);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsPassedOver() => SchemaParser.Parse("\uFEFF\"int\"").Required().Type.ShouldBe(SchemaType.Int);

    [RequiresTheory(Tool.SharedData)]
    [InlineData("FooBarSpecificRecord.avsc")]
    [InlineData("RecordWithRequiredFields.avsc")]
    [InlineData("fooBar.avsc")]
    [InlineData("interop.avsc")]
    [InlineData("reserved.avsc")]
    [InlineData("weather.avsc")]
    [InlineData("schemas/simple/schema.json")]
    [InlineData("schemas/withUnion/schema.json")]
    public void Parse_FilesOfApacheAvro_AreValidAndComeBack(string file)
    {
        var schema = TestData.Schema(File.ReadAllText(Path.Combine(Tools.SharedData!, "avro", file)));

        ParsingCanonicalForm.Of(TestData.Schema(schema.ToString())).ShouldBe(ParsingCanonicalForm.Of(schema));
    }
}
