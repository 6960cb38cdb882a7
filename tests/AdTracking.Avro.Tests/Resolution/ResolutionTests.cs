using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Resolution;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>Reading with another schema than the writer's, one test a rule.</summary>
public sealed class ResolutionTests
{
    private const string E = """{"type":"enum","name":"E","symbols":["A","B"]}""";

    [Theory]
    [InlineData("int", "-5", "long", "-5")]
    [InlineData("int", "7", "float", "7")]
    [InlineData("int", "-2147483648", "double", "-2147483648")]
    [InlineData("long", "1099511627776", "float", "1.0995116E+12")]
    [InlineData("long", "1099511627776", "double", "1099511627776")]
    [InlineData("float", "0.5", "double", "0.5")]
    [InlineData("string", "\"hé\"", "bytes", "\"hé\"")]
    [InlineData("bytes", "\"hé\"", "string", "\"hé\"")]
    public void Resolve_Promotion_IsTheSameValue(string writer, string value, string reader, string expected) =>
        Read($"\"{reader}\"", $"\"{writer}\"", value).ShouldBe(expected);

    [Theory]
    [InlineData("""{"name":"b","type":"int"},{"name":"a","type":"string"}""", """{"b":1,"a":"x"}""")] // reordered
    [InlineData("""{"name":"a","type":"string"}""", """{"a":"x"}""")] // skipped
    [InlineData("""{"name":"n","type":"int","default":-3},{"name":"a","type":"string"}""", """{"n":-3,"a":"x"}""")] // default
    [InlineData("""{"name":"z","type":"double","aliases":["b"]},{"name":"a","type":["null","string"]}""", """{"z":1,"a":"x"}""")] // alias, union
    [InlineData("""{"name":"m","type":{"type":"map","values":"int"},"default":{"k":5}}""", """{"m":{"k":5}}""")]
    [InlineData("""{"name":"u","type":["string","null"],"default":null}""", """{"u":null}""")] // of a later branch, as Avro 1.12 allows
    [InlineData("""{"name":"r","type":{"type":"record","name":"In","fields":[{"name":"p","type":"long","default":9}]},"default":{}}""", """{"r":{"p":9}}""")]
    public void Resolve_Record_FieldsComeByNameOrDefault(string fields, string expected) =>
        Read(Judged.Record(fields), Judged.Record("""{"name":"a","type":"string"},{"name":"b","type":"int"}"""), """{"a":"x","b":1}""")
            .ShouldBe(expected);

    [Theory]
    [InlineData("""["B","A"]""", "", "A", "A")]
    [InlineData("""["A"]""", ",\"default\":\"A\"", "B", "A")]
    [InlineData("""["A"]""", "", "A", "A")]
    [InlineData("""["A"]""", "", "B", null)]
    public void Resolve_Enum_IsBySymbolThenDefault(string symbols, string more, string written, string? expected)
    {
        var reader = $$"""{"type":"enum","name":"E","symbols":{{symbols}}{{more}}}""";
        if (expected is null)
        {
            Error(reader, E, $"\"{written}\"").ShouldBe(AvroReadError.NotResolvable);
        }
        else
        {
            Read(reader, E, $"\"{written}\"").ShouldBe($"\"{expected}\"");
        }
    }

    [Theory]
    [InlineData("[\"null\",\"string\"]", "\"string\"", "\"x\"", "{\"string\":\"x\"}")]
    [InlineData("[\"null\",\"string\"]", "[\"string\",\"null\"]", "\"x\"", "{\"string\":\"x\"}")]
    [InlineData("\"long\"", "[\"null\",\"int\"]", "5", "5")]
    [InlineData("[\"double\",\"int\"]", "\"int\"", "5", "{\"int\":5}")] // the same type before a promotion, as Java
    [InlineData("[\"null\",\"double\",\"float\"]", "\"int\"", "5", "{\"double\":5}")]
    public void Resolve_Union_TakesTheBranchThatFits(string reader, string writer, string value, string expected) =>
        Read(reader, writer, value, GenericJsonStyle.AvroJson).ShouldBe(expected);

    [Fact]
    public void Resolve_BranchThatReaderLacks_IsAnErrorOnlyWhenItComes()
    {
        SchemaResolution.Plan(Judged.Schema("\"int\""), Judged.Schema("[\"null\",\"int\"]")).IsCompatible.ShouldBeFalse();
        Read("\"int\"", "[\"null\",\"int\"]", "5").ShouldBe("5");
        Error("\"int\"", "[\"null\",\"int\"]", "null").ShouldBe(AvroReadError.NotResolvable);
    }

    [Fact]
    public void Resolve_RecursiveList_IsWidenedAllTheWay()
    {
        var writer = Judged.Record("""{"name":"v","type":"int"},{"name":"next","type":["null","L"]}""", "L");
        var reader = Judged.Record("""{"name":"next","type":["L","null"]},{"name":"v","type":"double"}""", "L");

        Read(reader, writer, """{"v":1,"next":{"v":2,"next":{"v":3,"next":null}}}""")
            .ShouldBe("""{"next":{"next":{"next":null,"v":3},"v":2},"v":1}""");
    }

    [Fact]
    public void Plan_SameLayout_CopiesBytes()
    {
        var old = Judged.Record("""{"name":"a","type":["null","int"]},{"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}}""");
        var same = Judged.Record(
            """{"name":"q","aliases":["a"],"type":["null","long"],"default":null},{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}}""");
        var swapped = Judged.Record("""{"name":"a","type":["int","null"]},{"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}}""");

        SchemaResolution.Plan(Judged.Schema(same), Judged.Schema(old)).IsIdentity.ShouldBeTrue();
        SchemaResolution.Plan(Judged.Schema(swapped), Judged.Schema(old)).IsIdentity.ShouldBeFalse();
        SchemaResolution.Plan(Judged.Schema(Judged.Of("[\"null\",\"int\"]")), Judged.Schema(Judged.Of("\"int\""))).IsIdentity.ShouldBeFalse();
    }

    [Fact]
    public void Resolve_SecondValue_AllocatesNothing()
    {
        var plan = SchemaResolution.Plan(
            Judged.Schema(Judged.Record("""{"name":"b","type":"double"},{"name":"n","type":"int","default":1},{"name":"a","type":"string"}""")),
            Judged.Schema(Judged.Record("""{"name":"a","type":"string"},{"name":"b","type":"int"}""")));
        byte[] data = [2, (byte)'x', 4];
        using ResolvedBytes target = new();

        Allocations.Of(() => plan.Resolve(data, target)).ShouldBe(0);
    }

    private static string Read(string reader, string writer, string json, GenericJsonStyle style = GenericJsonStyle.Readable)
    {
        using ResolvedBytes target = new();
        var plan = SchemaResolution.Plan(Judged.Schema(reader), Judged.Schema(writer));
        plan.Resolve(Encoded(writer, json), target).ShouldBe(AvroReadError.None);
        GenericJson.TryFormat(plan.Reader, target.WrittenSpan, out var text, style).ShouldBe(AvroReadError.None);
        return text;
    }

    private static AvroReadError Error(string reader, string writer, string json)
    {
        using ResolvedBytes target = new();
        var error = SchemaResolution.Plan(Judged.Schema(reader), Judged.Schema(writer)).Resolve(Encoded(writer, json), target);
        target.WrittenSpan.IsEmpty.ShouldBeTrue();
        return error;
    }

    private static byte[] Encoded(string schema, string json)
    {
        AvroWriter writer = new(new byte[1024]);
        using var value = JsonDocument.Parse(json);
        GenericEncoder.TryEncode(value.RootElement, Judged.Schema(schema), ref writer, out var problem).ShouldBeTrue(problem);
        return writer.WrittenSpan.ToArray();
    }
}
