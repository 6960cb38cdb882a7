using System.Text.Json;
using AdTracking.Avro.Containers;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>Container files for the readers that others made.</summary>
internal static class InteropFile
{
    /// <summary>Every type, and no union whose branches another library could mix up.</summary>
    public const string EveryType = """
        {"type":"record","name":"Every","namespace":"interop","fields":[
          {"name":"z","type":"null"}, {"name":"b","type":"boolean"}, {"name":"i","type":"int"}, {"name":"l","type":"long"},
          {"name":"f","type":"float"}, {"name":"d","type":"double"}, {"name":"y","type":"bytes"}, {"name":"s","type":"string"},
          {"name":"e","type":{"type":"enum","name":"Kind","symbols":["A","B","C"],"default":"A"}},
          {"name":"x","type":{"type":"fixed","name":"Four","size":4}},
          {"name":"a","type":{"type":"array","items":"long"}},
          {"name":"n","type":{"type":"array","items":{"type":"array","items":"string"}}},
          {"name":"m","type":{"type":"map","values":["null","string"]}},
          {"name":"u","type":["null",{"type":"record","name":"Inner","fields":[{"name":"v","type":"string"},{"name":"w","type":["long","string"]}]}],
            "default":null},
          {"name":"r","type":{"type":"array","items":"Inner"}}
        ]}
        """;

    /// <summary>One object with small numbers, in Avro's JSON encoding: every library prints these alike.</summary>
    public const string OneObject = """
        {"z":null,"b":true,"i":-7,"l":1234567890123,"f":1.5,"d":-0.25,"y":"ab","s":"grüße €","e":"B","x":"wxyz","a":[1,-2,3],"n":[["p"],[],["q","r"]],
        "m":{"k":{"string":"v"},"o":null},"u":{"interop.Inner":{"v":"t","w":{"long":5}}},"r":[{"v":"1","w":{"string":"2"}}]}
        """;

    /// <summary>Writes objects given in Avro's JSON encoding.</summary>
    public static void WriteJson(string path, AvroSchema schema, ContainerCodec codec, GenericJsonStyle style, params string[] objects)
    {
        var room = new byte[4096];
        using ObjectContainerWriter writer = new(File.Create(path), schema, codec);
        foreach (var json in objects)
        {
            AvroWriter avro = new(room);
            using var document = JsonDocument.Parse(json);
            GenericEncoder.TryEncode(document.RootElement, schema, ref avro, out var problem, style).ShouldBeTrue(problem);
            writer.Append(avro.WrittenSpan);
        }
    }

    /// <summary>Writes random objects, encoded by the slow implementation in blocks of every kind.</summary>
    public static void WriteRandom(string path, AvroSchema schema, ContainerCodec codec, int objects, Random random)
    {
        RandomValues values = new(random);
        ObjectContainerOptions options = new() { BlockBytes = 2000 };
        using ObjectContainerWriter writer = new(File.Create(path), schema, codec, options);
        for (var i = 0; i < objects; i++)
        {
            writer.Append(SlowAvro.Encode(schema, values.Value(schema), random));
        }
    }

    /// <summary>All objects of a file, as we read them.</summary>
    public static List<string> Lines(string path, GenericJsonStyle style = GenericJsonStyle.AvroJson)
    {
        using ObjectContainerReader reader = new(File.OpenRead(path));
        return [.. reader.ReadJson(style)];
    }

    /// <summary>Fails at the first object that differs.</summary>
    public static void ShouldHoldTheSame(string left, string right)
    {
        var one = Lines(left);
        var other = Lines(right);
        for (var i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            one[i].ShouldBe(other[i], $"object {i}");
        }

        one.Count.ShouldBe(other.Count);
    }

    public static bool SameJson(string left, string right) =>
        JsonElement.DeepEquals(JsonDocument.Parse(left).RootElement, JsonDocument.Parse(right).RootElement);
}
