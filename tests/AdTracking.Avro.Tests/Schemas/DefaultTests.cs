using AdTracking.Avro.Parsing;

namespace AdTracking.Avro.Tests;

public sealed class DefaultTests
{
    private const string Inner = """{"type":"record","name":"I","fields":[{"name":"x","type":"int"},{"name":"y","type":"int","default":1}]}""";

    [Theory]
    [InlineData("\"null\"", "null", true)]
    [InlineData("\"null\"", "0", false)]
    [InlineData("\"boolean\"", "false", true)]
    [InlineData("\"boolean\"", "0", false)]
    [InlineData("\"int\"", "-2147483648", true)]
    [InlineData("\"int\"", "2147483648", false)]
    [InlineData("\"int\"", "1.5", false)]
    [InlineData("\"int\"", "\"1\"", false)]
    [InlineData("\"long\"", "9223372036854775807", true)]
    [InlineData("\"long\"", "9223372036854775808", false)]
    [InlineData("\"float\"", "1e3", true)]
    [InlineData("\"double\"", "1", true)]
    [InlineData("\"double\"", "\"NaN\"", false)]
    [InlineData("\"string\"", "\"\"", true)]
    [InlineData("\"string\"", "null", false)]
    [InlineData("\"bytes\"", "\"\\u00FF\"", true)]
    [InlineData("\"bytes\"", "\"\\u0100\"", false)]
    [InlineData("""{"type":"fixed","name":"F","size":2}""", "\"ab\"", true)]
    [InlineData("""{"type":"fixed","name":"F","size":2}""", "\"abc\"", false)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "\"A\"", true)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "\"B\"", false)]
    [InlineData("""{"type":"enum","name":"E","symbols":["A"]}""", "0", false)]
    [InlineData("""{"type":"array","items":"int"}""", "[1,2]", true)]
    [InlineData("""{"type":"array","items":"int"}""", "[1,\"2\"]", false)]
    [InlineData("""{"type":"array","items":"int"}""", "{}", false)]
    [InlineData("""{"type":"map","values":"int"}""", "{\"a\":1}", true)]
    [InlineData("""{"type":"map","values":"int"}""", "{\"a\":null}", false)]
    [InlineData("""{"type":"map","values":"int"}""", "[]", false)]
    [InlineData(Inner, "{\"x\":1}", true)]
    [InlineData(Inner, "{\"y\":1}", false)]
    [InlineData(Inner, "{\"x\":\"1\"}", false)]
    [InlineData(Inner, "7", false)]
    [InlineData("""["null","int"]""", "null", true)]
    [InlineData("""["null","int"]""", "\"x\"", false)]
    [InlineData("[]", "null", false)]
    [InlineData("""["string","null"]""", "\"x\"", true)]
    public void Parse_Default_FitsItsType(string type, string value, bool valid)
    {
        var result = SchemaParser.Parse(
            """{"type":"record","name":"R","fields":[{"name":"a","type":""" + type + ",\"default\":" + value + "}]}");

        (result.Schema is not null).ShouldBe(valid, string.Join(';', result.Problems));
        if (!valid)
        {
            result.Problems.ShouldAllBe(p => p.Code == SchemaProblemCode.InvalidDefault && p.Path.StartsWith("$.fields[0].default"));
        }
    }

    [Fact]
    public void Parse_DefaultOfTheRecordItself_IsCheckedWhenItIsComplete()
    {
        const string text = """
            {"type":"record","name":"R","fields":[
              {"name":"next","type":[RECORD,"null"],"default":{"next":null,"v":VALUE}},
              {"name":"v","type":"int"}]}
            """;
        var wellFormed = text.Replace("RECORD", "\"R\"", StringComparison.Ordinal);

        SchemaParser.Parse(wellFormed.Replace("VALUE", "1", StringComparison.Ordinal)).Problems.ShouldBeEmpty();
        SchemaParser.Parse(wellFormed.Replace("VALUE", "true", StringComparison.Ordinal)).Problems.Count.ShouldBe(1);
    }
}
