using System.Text;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>Texts made to hurt: they are refused, or taken, in bounded time, and nothing is thrown.</summary>
public sealed class HostileSchemaTests(ITestOutputHelper output)
{
    private const string Sample = """
        {"type":"record","name":"R","namespace":"a.b","doc":"é€","fields":[
         {"name":"u","type":["null",{"type":"enum","name":"E","symbols":["A","B"],"default":"A"}],"default":null},
         {"name":"f","type":{"type":"fixed","name":"F","size":12,"logicalType":"duration"},"adt.range":[1,2]},
         {"name":"m","type":{"type":"map","values":{"type":"array","items":"R"}},"default":{}}]}
        """;

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{\"type\":\"array\",\"items\":", 40_000)]
    [InlineData("{\"a\":", 100_000)]
    public void Parse_DeepNesting_IsAProblem(string opening, int times)
    {
        var result = SchemaParser.Parse(string.Concat(Enumerable.Repeat(opening, times)));

        result.Problems.ShouldHaveSingleItem().Code.ShouldBe(SchemaProblemCode.JsonSyntax);
    }

    [Fact]
    public void Parse_NestingUpToTheLimit_IsFine()
    {
        var text = string.Concat(Enumerable.Repeat("{\"type\":\"array\",\"items\":", 127)) + "\"int\"" + new string('}', 127);

        var schema = TestData.Schema(text);

        schema.ToString().ShouldBe(text);
        ParsingCanonicalForm.Of(schema).ShouldBe(text);
    }

    [Fact]
    public void Parse_LargerThanAllowed_IsTooLarge() =>
        SchemaParser.Parse("\"" + new string('x', 2_000_000) + "\"").Problems.ShouldHaveSingleItem().Code.ShouldBe(SchemaProblemCode.TooLarge);

    // Work that grows with the square of the text would take minutes here.
    [Fact]
    public void Parse_MegabyteOnOneLine_TakesLinearTime()
    {
        StringBuilder text = new("{\"é\":1,\"type\":\"record\",\"name\":\"R\",\"fields\":[");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append("{\"name\":\"f").Append(i).Append("\",\"type\":\"int\"},");
        }

        text.Length--;
        text.Append("]}");

        ((RecordSchema)TestData.Schema(text.ToString())).Fields[^1].Column.ShouldBe(text.Length - "{'name':'f19999','type':'int'}]}".Length + 1);
    }

    [Fact]
    public void Parse_LongKeyAroundManyProblems_TakesLinearTimeAndShortMessages()
    {
        var problems = string.Join(',', Enumerable.Repeat("""{"a":1,"a":1}""", 30_000));
        var text = $$"""{"type":"record","name":"R","{{new string('k', 400_000)}}":[{{problems}}],"fields":[]}""";

        var result = SchemaParser.Parse(text);

        result.Problems.Count.ShouldBe(100);
        result.Problems.ShouldAllBe(problem => problem.ToString().Length < 400);
    }

    // A chain of records, each twice in the next: 2^8000 leaves, a sum that saturates, and no recursion along the chain.
    [Fact]
    public void Parse_ChainOfRecords_HasASaturatedSize()
    {
        StringBuilder text = new("""{"type":"record","name":"Top","fields":[""");
        text.Append("""{"name":"f0","type":{"type":"record","name":"R0","fields":[{"name":"x","type":"double"}]}}""");
        for (var i = 1; i < 8_000; i++)
        {
            text.Append($",{{\"name\":\"f{i}\",\"type\":{{\"type\":\"record\",\"name\":\"R{i}\",\"fields\":");
            text.Append($"[{{\"name\":\"a\",\"type\":\"R{i - 1}\"}},{{\"name\":\"b\",\"type\":\"R{i - 1}\"}}]}}}}");
        }

        var schema = TestData.Schema(text.Append("]}").ToString());

        schema.EncodedBytesMin.ShouldBe(int.MaxValue);
        GenericJson.TryFormat(schema, new byte[1000], out _).ShouldNotBe(AvroReadError.None);
    }

    [Fact]
    public void Parse_EveryPrefix_HasAProblem()
    {
        var utf8 = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length < utf8.Length; length++)
        {
            var result = SchemaParser.Parse(utf8.AsSpan(0, length));
            result.Schema.ShouldBeNull($"{length}");
            result.Problems.ShouldNotBeEmpty();
        }

        SchemaParser.Parse(utf8).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_Mutations_NeverThrowAndWhatIsTakenComesBack()
    {
        var random = Seeds.Random(output);
        var utf8 = Encoding.UTF8.GetBytes(Sample);
        var taken = 0;
        for (var round = 0; round < 5_000; round++)
        {
            byte[] mutant = [.. utf8];
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                mutant[random.Next(mutant.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : mutant[random.Next(mutant.Length)];
            }

            var result = SchemaParser.Parse(mutant);
            if (result.Schema is null)
            {
                result.Problems.ShouldNotBeEmpty();
                continue;
            }

            taken++;
            var text = result.Schema.ToString();
            ParsingCanonicalForm.Of(SchemaParser.Parse(text).Required()).ShouldBe(ParsingCanonicalForm.Of(result.Schema), text);
        }

        taken.ShouldBePositive();
    }
}
