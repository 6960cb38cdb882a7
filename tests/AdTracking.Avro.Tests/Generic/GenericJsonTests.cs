using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class GenericJsonTests
{
    [Theory]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""", "02FF", "\"-0.01\"", "\"\u00FF\"")]
    [InlineData("""{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}""", "0604D20C", "\"3159.16\"", null)]
    [InlineData("""{"type":"fixed","name":"D","size":3,"logicalType":"decimal","precision":5,"scale":0}""", "00007B", "\"123\"", null)]
    [InlineData("""{"type":"bytes","logicalType":"big-decimal"}""", "080401F406", "\"0.500\"", null)]
    [InlineData(
        """{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}""",
        "00112233445566778899AABBCCDDEEFF",
        "\"00112233-4455-6677-8899-aabbccddeeff\"",
        null)]
    [InlineData(
        """{"type":"fixed","name":"P","size":12,"logicalType":"duration"}""",
        "010000000200000003000000",
        """{"months":1,"days":2,"millis":3}""",
        "\"\\u0001\\u0000\\u0000\\u0000\\u0002\\u0000\\u0000\\u0000\\u0003\\u0000\\u0000\\u0000\"")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", "02", "1", "1")]
    [InlineData("\"bytes\"", "0661C3A9", "\"aé\"", "\"aÃ©\"")]
    [InlineData("\"bytes\"", "0461FF", "\"base64:Yf8=\"", null)]
    [InlineData("\"bytes\"", "0200", "\"base64:AA==\"", null)]
    [InlineData("\"float\"", "0000C0FF", "\"NaN\"", "\"NaN\"")]
    [InlineData("""["null","long"]""", "0202", "1", """{"long":1}""")]
    [InlineData("""["null","long"]""", "00", "null", "null")]
    public void TryFormat_Value_LooksLikeThis(string schema, string hex, string readable, string? avroJson)
    {
        var parsed = TestData.Schema(schema);
        var data = Convert.FromHexString(hex);

        GenericJson.TryFormat(parsed, data, out var json).ShouldBe(AvroReadError.None);
        json.ShouldBe(readable);
        GenericJson.TryFormat(parsed, data, out var other, GenericJsonStyle.AvroJson).ShouldBe(AvroReadError.None);
        if (avroJson is not null)
        {
            other.ShouldBe(avroJson);
        }

        var room = new byte[64];
        AvroWriter writer = new(room);
        using var document = JsonDocument.Parse(json);
        GenericEncoder.TryEncode(document.RootElement, parsed, ref writer, out var problem).ShouldBeTrue(problem);
        Convert.ToHexString(writer.WrittenSpan).ShouldBe(hex);
    }

    [Fact]
    public void TryFormat_BillionsOfItemsOfNothing_AreRefusedAtOnce()
    {
        var nulls = TestData.Schema("""{"type":"array","items":"null"}""");
        byte[] data = [.. SlowAvro.Long(5_000_000_000), 0];

        GenericJson.TryFormat(nulls, data, out _).ShouldBe(AvroReadError.TooManyItems);
    }

    [Fact]
    public void TryFormat_EmptyRecordsThatMultiply_AreBounded()
    {
        // Ten levels of ten fields of records of nothing: 10^10 values in no bytes at all.
        var type = """{"type":"record","name":"R0","fields":[]}""";
        for (var i = 1; i <= 10; i++)
        {
            var fields = string.Join(',', Enumerable.Range(0, 10).Select(n => $$"""{"name":"f{{n}}","type":{{(n == 0 ? type : $"\"R{i - 1}\"")}}}"""));
            type = $$"""{"type":"record","name":"R{{i}}","fields":[{{fields}}]}""";
        }

        var limits = AvroReadLimits.Default with { ItemsTotalMax = 100_000 };
        GenericJson.TryFormat(TestData.Schema(type), [], out _, limits: limits).ShouldBe(AvroReadError.TooManyItems);
    }

    [Fact]
    public void TryFormat_RecursionWithoutEnd_IsTooDeep()
    {
        var list = TestData.Schema("""{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]}""");
        byte[] data = [.. Enumerable.Repeat((byte)2, 1_000_000)];

        GenericJson.TryFormat(list, data, out _).ShouldBe(AvroReadError.TooDeep);
        GenericJson.TryFormat(list, [2, 2, 0], out var json).ShouldBe(AvroReadError.None);
        json.ShouldBe("""{"next":{"next":{"next":null}}}""");
    }

    [Fact]
    public void TryFormat_RecordOfItself_IsTooDeep()
    {
        var endless = SchemaParser.Parse("""{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}""").Required();

        GenericJson.TryFormat(endless, [], out _).ShouldBe(AvroReadError.TooDeep);
    }

    [Fact]
    public void TryFormat_BlockOfAnotherSize_IsAnError()
    {
        var array = TestData.Schema("""{"type":"array","items":"int"}""");

        GenericJson.TryFormat(array, [3, 4, 2, 4, 0], out var json).ShouldBe(AvroReadError.None);
        json.ShouldBe("[1,2]");
        GenericJson.TryFormat(array, [3, 6, 2, 4, 0], out _).ShouldBe(AvroReadError.BlockSizeMismatch);
        GenericJson.TryFormat(array, [4, 2, 4, 0, 0], out _).ShouldBe(AvroReadError.TrailingBytes);
    }

    [Fact]
    public void TryFormat_DecimalOfAMegabyte_IsShownAsBytes()
    {
        var money = TestData.Schema("""{"type":"bytes","logicalType":"decimal","precision":9}""");
        var digits = new byte[1_000_000];
        Array.Fill(digits, (byte)0x55);

        GenericJson.TryFormat(money, [.. SlowAvro.Long(digits.Length), .. digits], out var json).ShouldBe(AvroReadError.None);
        json.Length.ShouldBeLessThan(2_000_000);
    }

    [Theory]
    [InlineData("""{"a":1,"z":1}""", "no field \"z\"")]
    [InlineData("""{}""", "\"a\" is missing")]
    [InlineData("""{"a":"x"}""", "$.a: the value does not fit int")]
    [InlineData("""{"a":1,"l":[1,null]}""", "$.l[1]: the value fits no branch")]
    public void TryEncode_Misfit_SaysWhereAndWhy(string json, string expected)
    {
        var schema = TestData.Schema(
            """{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"l","type":{"type":"array","items":["int"]},"default":[7]}]}""");
        AvroWriter writer = new(new byte[100]);

        GenericEncoder.TryEncode(JsonDocument.Parse(json).RootElement, schema, ref writer, out var problem).ShouldBeFalse();
        problem.ShouldContain(expected);

        AvroWriter other = new(new byte[100]);
        GenericEncoder.TryEncode(JsonDocument.Parse("""{"a":1}""").RootElement, schema, ref other, out _).ShouldBeTrue();
        Convert.ToHexString(other.WrittenSpan).ShouldBe("02" + "02000E00");
    }
}
