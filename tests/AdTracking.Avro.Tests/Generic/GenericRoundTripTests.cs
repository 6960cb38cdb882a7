using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>Random schemas and values: our readers and writers beside the slow implementation.</summary>
public sealed class GenericRoundTripTests
{
    [Theory]
    [InlineData(GenericJsonStyle.AvroJson)]
    [InlineData(GenericJsonStyle.Readable)]
    public void Json_RandomValue_ComesBackAsItWas(GenericJsonStyle style) => Fuzz.ForSeeds(400, random =>
    {
        (var schema, var value, var data) = RandomCase(random);

        GenericJson.TryFormat(schema, data, out var json, style).ShouldBe(AvroReadError.None);
        var room = new byte[data.Length + 16];
        AvroWriter writer = new(room);
        using var document = JsonDocument.Parse(json);
        GenericEncoder.TryEncode(document.RootElement, schema, ref writer, out var problem, style).ShouldBeTrue($"{problem}: {json}");

        // Readable JSON does not say which branch of a union it was: only Avro's own encoding must come back to the same tree.
        var at = 0;
        var back = SlowAvro.Decode(schema, writer.WrittenSpan.ToArray(), ref at);
        at.ShouldBe(writer.Written);
        if (style == GenericJsonStyle.AvroJson)
        {
            SlowAvro.Show(back).ShouldBe(SlowAvro.Show(value), schema.ToString());
        }
        else
        {
            GenericJson.TryFormat(schema, writer.WrittenSpan, out var again, style).ShouldBe(AvroReadError.None);
        }
    });

    [Fact]
    public void Read_EveryPrefixOfARandomValue_IsAnError() => Fuzz.ForSeeds(150, random =>
    {
        (var schema, _, var data) = RandomCase(random);
        for (var length = 0; length < data.Length; length++)
        {
            GenericJson.TryFormat(schema, data.AsSpan(0, length), out var json).ShouldNotBe(AvroReadError.None, schema.ToString());
            json.ShouldBe("");
        }
    });

    [Fact]
    public void Read_MutatedValues_AreErrorsOrWhatTheSlowReaderReads() => Fuzz.ForSeeds(600, random =>
    {
        (var schema, _, var data) = RandomCase(random);
        if (data.Length == 0)
        {
            return;
        }

        for (var i = random.Next(1, 4); i > 0; i--)
        {
            data[random.Next(data.Length)] = (byte)random.Next(256);
        }

        if (GenericJson.TryFormat(schema, data, out var json, GenericJsonStyle.AvroJson) != AvroReadError.None)
        {
            return;
        }

        var at = 0;
        var slow = SlowAvro.Decode(schema, data, ref at);
        at.ShouldBe(data.Length);
        GenericJson.TryFormat(schema, SlowAvro.Encode(schema, slow, random), out var again, GenericJsonStyle.AvroJson)
            .ShouldBe(AvroReadError.None);
        again.ShouldBe(json);
    });

    [Fact]
    public void Encode_EveryTooSmallRoom_IsAProblem() => Fuzz.ForSeeds(100, random =>
    {
        (var schema, _, var data) = RandomCase(random);
        _ = GenericJson.TryFormat(schema, data, out var json, GenericJsonStyle.AvroJson);
        using var document = JsonDocument.Parse(json);
        var room = new byte[data.Length + 16];
        AvroWriter whole = new(room);
        _ = GenericEncoder.TryEncode(document.RootElement, schema, ref whole, out _, GenericJsonStyle.AvroJson);
        for (var size = 0; size < whole.Written; size++)
        {
            AvroWriter writer = new(room.AsSpan(0, size));
            GenericEncoder.TryEncode(document.RootElement, schema, ref writer, out var problem, GenericJsonStyle.AvroJson).ShouldBeFalse();
            problem.ShouldNotBeEmpty();
        }
    });

    private static (AvroSchema Schema, object? Value, byte[] Data) RandomCase(Random random)
    {
        RandomValues values = new(random);
        var schema = TestData.Schema(values.Schema(4));
        var value = values.Value(schema);
        return (schema, value, SlowAvro.Encode(schema, value, random));
    }
}
