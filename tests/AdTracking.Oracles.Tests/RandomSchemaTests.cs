using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Oracles.Tests;

/// <summary>Random schemas of every kind and random values of them: the same bytes both ways as Apache's implementation.</summary>
public sealed class RandomSchemaTests(ITestOutputHelper output)
{
    private const int Schemas = 200;
    private const int ValuesOfASchema = 10;

    [Fact]
    public void Bytes_RandomSchemas_AreTheSameBothWays()
    {
        var random = Seeds.Random(output);
        var compared = 0;
        for (var i = 0; i < Schemas; i++)
        {
            var text = new RandomSchemas(random, $"t{i}").File();
            var schema = SchemaParser.Parse(text).Required();
            var theirs = ApacheAvro.Parse(text);
            RandomDatum values = new(random);
            for (var j = 0; j < ValuesOfASchema; j++)
            {
                var value = values.Of(schema);
                var ours = Written(schema, SlowAvro.Encode(schema, value, random));

                var read = ApacheAvro.Read(theirs, ours);
                var written = ApacheAvro.Write(theirs, read);

                ApacheAvro.Show(read, theirs).ShouldBe(OurText.Show(value), text);
                written.ShouldBe(ours, text);
                Written(schema, written).ShouldBe(ours, text);
                compared++;
            }
        }

        output.WriteLine($"{compared} values of {Schemas} schemas compared");
    }

    // Our reader, then our writer.
    internal static byte[] Written(AvroSchema schema, byte[] data)
    {
        GenericJson.TryFormat(schema, data, out var json, GenericJsonStyle.AvroJson).ShouldBe(AvroReadError.None, schema.ToString());
        using var document = JsonDocument.Parse(json);
        var room = new byte[data.Length + 16];
        AvroWriter writer = new(room);
        GenericEncoder.TryEncode(document.RootElement, schema, ref writer, out var problem, GenericJsonStyle.AvroJson).ShouldBeTrue($"{problem}: {json}");
        return room[..writer.Written];
    }
}
