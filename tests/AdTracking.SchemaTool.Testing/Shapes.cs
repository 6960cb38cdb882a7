using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Wire;

namespace AdTracking.SchemaTool.Testing;

/// <summary>A schema with every shape that the generator knows.</summary>
internal static class Shapes
{
    public const string Schema = """
        {"type":"record","name":"Shape","namespace":"my.shapes","fields":[
          {"name":"class","type":"string"},
          {"name":"a_b","type":"int","default":-3},
          {"name":"aB","type":"long"},
          {"name":"Shape","type":["null","Shape"],"default":null},
          {"name":"equals","type":["string","null"],"default":"x\"y"},
          {"name":"hash","type":{"type":"fixed","name":"Md5","size":4}},
          {"name":"maybe_hash","type":["null","Md5"],"default":null},
          {"name":"raw","type":"bytes"},
          {"name":"ratio","type":"double","default":0.5},
          {"name":"weight","type":["null","float"],"default":null},
          {"name":"colour","type":{"type":"enum","name":"Colour","symbols":["red","dark_blue","namespace"]},"default":"dark_blue"},
          {"name":"maybe_colour","type":["null","Colour"],"default":null},
          {"name":"children","type":{"type":"array","items":"Shape"},"default":[]},
          {"name":"corners","type":{"type":"array","items":{"type":"record","name":"Corner","doc":"x < y & z","fields":[
            {"name":"x","type":"float"},{"name":"tags","type":{"type":"map","values":{"type":"array","items":"string"}}}]}}},
          {"name":"by_name","type":["null",{"type":"map","values":["null","Corner"]}],"default":null},
          {"name":"when","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null},
          {"name":"any","type":["int","string","Corner",{"type":"array","items":["null","int","Colour"]}],"default":7},
          {"name":"nothing","type":"null","default":null},
          {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2},"default":"\u0001\u0000"},
          {"name":"id","type":{"type":"string","logicalType":"uuid"},"default":"00112233-4455-6677-8899-aabbccddeeff"},
          {"name":"day","type":{"type":"int","logicalType":"date"},"default":365},
          {"name":"marks","type":{"type":"map","values":"bytes"},"default":{"k":"\u00ff"}}
        ]}
        """;

    /// <summary>A value of it, as Avro writes JSON.</summary>
    public const string Json = """
        {"class":"c","a_b":1,"aB":-2,"Shape":null,"equals":{"string":"e"},"hash":"\u0001\u0002\u0003\u00ff","maybe_hash":{"my.shapes.Md5":"abcd"},
         "raw":"\u0000\u00fe","ratio":1.25,"weight":{"float":2.5},"colour":"namespace","maybe_colour":{"my.shapes.Colour":"red"},
         "children":[{"class":"k","aB":1,"hash":"wxyz","raw":"","corners":[]}],"corners":[{"x":0.5,"tags":{"t":["1","2"]}},{"x":-1.0,"tags":{}}],
         "by_name":{"map":{"n":null}},"when":{"long":1700000000123},"any":{"array":[null,{"int":3},{"my.shapes.Colour":"red"}]},"nothing":null}
        """;

    /// <summary>The value of such a JSON text, encoded by the generic encoder.</summary>
    public static byte[] BytesOf(string json)
    {
        var writer = new AvroWriter(new byte[4096]);
        var value = JsonDocument.Parse(json).RootElement;
        GenericEncoder.TryEncode(value, SchemaParser.Parse(Schema).Required(), ref writer, out var problem, GenericJsonStyle.AvroJson).ShouldBeTrue(problem);
        return writer.WrittenSpan.ToArray();
    }
}
