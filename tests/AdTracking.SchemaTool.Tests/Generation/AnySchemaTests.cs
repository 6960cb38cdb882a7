using System.Text.Json;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Wire;

namespace AdTracking.SchemaTool.Tests;

/// <summary>The generator is not made for our events alone: other shapes compile under strict settings and encode as they should.</summary>
public sealed class AnySchemaTests : IDisposable
{
    private const string Schema = """
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

    private const string Json = """
        {"class":"c","a_b":1,"aB":-2,"Shape":null,"equals":{"string":"e"},"hash":"\u0001\u0002\u0003\u00ff","maybe_hash":{"my.shapes.Md5":"abcd"},
         "raw":"\u0000\u00fe","ratio":1.25,"weight":{"float":2.5},"colour":"namespace","maybe_colour":{"my.shapes.Colour":"red"},
         "children":[{"class":"k","aB":1,"hash":"wxyz","raw":"","corners":[]}],"corners":[{"x":0.5,"tags":{"t":["1","2"]}},{"x":-1.0,"tags":{}}],
         "by_name":{"map":{"n":null}},"when":{"long":1700000000123},"any":{"array":[null,{"int":3},{"my.shapes.Colour":"red"}]},"nothing":null}
        """;

    private readonly SchemaDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Generate_ManyShapes_CompilesWithoutWarningsAndGivesTheSameBytes()
    {
        var data = Path.Combine(_directory.Output, "data");
        _directory.Write("shape.avsc", Schema);
        var generate = ToolRun.Of("generate", "--schemas", _directory.Schemas, "--output", _directory.Output);
        generate.ShouldBe(new ToolRun(0, "9 files changed." + Environment.NewLine, ""));
        var bytes = AvroBytesOf(Json);
        await File.WriteAllBytesAsync(data, bytes);
        await WriteProjectAsync();

        var build = await ToolProcess.RunAsync("dotnet", ["build", _directory.Output, "-nologo", "-v:quiet", "-nodeReuse:false"], TimeSpan.FromMinutes(3));
        build.ExitCode.ShouldBe(0, build.Output);
        var run = await ToolProcess.RunAsync("dotnet", [Path.Combine(_directory.Output, "bin", "Debug", "net10.0", "Probe.dll"), data]);

        run.ExitCode.ShouldBe(0, run.Errors);
        Convert.FromHexString(run.Output.Trim()).ShouldBe(bytes);
    }

    [Fact]
    public void Defaults_OfEveryKind_AreWhatThePropertiesHold()
    {
        _directory.Write("shape.avsc", Schema);
        var assembly = CompiledBatch.Compile(CompiledBatch.Generate(_directory.Schemas), """
            using System;
            using AdTracking.Avro;
            using My.Shapes;

            public static class Probe
            {
                public static byte[] Encoded()
                {
                    var shape = new Shape { Class = "c", ABValue = 1, Hash = new AvroBytes(new byte[4]), Raw = default, Corners = [] };
                    byte[] room = new byte[1000];
                    return shape.TryEncode(room, out int written) ? room[..written] : [];
                }
            }
            """);

        var ours = (byte[])assembly.GetType("Probe")!.GetMethod("Encoded")!.Invoke(null, null)!;

        ours.ShouldBe(AvroBytesOf("""{"class":"c","aB":1,"hash":"\u0000\u0000\u0000\u0000","raw":"","corners":[]}"""));
    }

    [Fact]
    public void Generate_FilesThatNameEachOthersTypes_InAnyOrder_AreOneSetOfClasses()
    {
        _directory.Write("a.avsc", """
            {"type":"record","name":"A","namespace":"x","fields":[{"name":"b","type":"y.B"},{"name":"c","type":["null","y.Colour"]}]}
            """);
        _directory.Write("b.avsc", """{"type":"record","name":"B","namespace":"y","fields":[{"name":"c","type":"Colour","default":"RED"}]}""");
        _directory.Write("z.avsc", """{"type":"enum","name":"Colour","namespace":"y","symbols":["RED","BLUE"]}""");

        var files = CompiledBatch.Generate(_directory.Schemas);
        var assembly = CompiledBatch.Compile(files);

        files.Select(static file => (file.Path, file.Origin)).ShouldBe(
            [("A.g.cs", "a.avsc"), ("ASchema.g.cs", "a.avsc"), ("B.g.cs", "b.avsc"), ("BSchema.g.cs", "b.avsc"), ("Colour.g.cs", "z.avsc")]);
        var type = assembly.GetType("X.A", throwOnError: true)!;
        var text = (string)type.GetField("SchemaJson")!.GetValue(null)!;
        SchemaParser.Parse(text).Required().EncodedBytesMin.ShouldBe(2, "the class carries the whole schema");
        GeneratedRecord.Of(type, [2, 2, 2]).Bytes.ShouldBe([2, 2, 2]);
    }

    [Fact]
    public void Generate_FileThatNamesWhatNoFileHas_IsTold()
    {
        _directory.Write("a.avsc", """{"type":"record","name":"A","fields":[{"name":"b","type":"B"}]}""");

        _directory.Problems().Single().ToString().ShouldContain("a.avsc(1,58): error ADT1006: \"B\" is neither");
    }

    private static byte[] AvroBytesOf(string json)
    {
        var writer = new AvroWriter(new byte[4096]);
        var value = JsonDocument.Parse(json).RootElement;
        GenericEncoder.TryEncode(value, SchemaParser.Parse(Schema).Required(), ref writer, out var problem, GenericJsonStyle.AvroJson).ShouldBeTrue(problem);
        return writer.WrittenSpan.ToArray();
    }

    private async Task WriteProjectAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Output, "Probe.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost>
                <Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-recommended</AnalysisLevel><GenerateDocumentationFile>true</GenerateDocumentationFile>
              </PropertyGroup>
              <ItemGroup><Reference Include="{typeof(AvroWriter).Assembly.Location}" /></ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(_directory.Output, "Program.cs"), """
            if (!My.Shapes.Shape.TryDecode(File.ReadAllBytes(args[0]), out My.Shapes.Shape? shape))
                return 1;
            byte[] room = new byte[4096];
            if (!shape.TryEncode(room, out int written))
                return 2;
            Console.WriteLine(Convert.ToHexString(room.AsSpan(0, written)));
            return shape.ToString().Length > 0 ? 0 : 3;
            """);
    }
}
