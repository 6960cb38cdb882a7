using AdTracking.Avro.Parsing;

namespace AdTracking.SchemaTool.Tests;

/// <summary>The generator is not made for our events alone: other shapes compile under strict settings and encode as they should.</summary>
public sealed class AnySchemaTests : IDisposable
{
    private readonly SchemaDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Generate_ManyShapes_CompilesWithoutWarningsAndGivesTheSameBytes()
    {
        _directory.Write("shape.avsc", Shapes.Schema);
        var assembly = CompiledBatch.Compile(CompiledBatch.Generate(_directory.Schemas), """
            using System;
            using My.Shapes;

            public static class Probe
            {
                public static byte[] Again(byte[] data)
                {
                    byte[] room = new byte[4096];
                    return Shape.TryDecode(data, out Shape? shape) && shape.ToString().Length > 0 && shape.TryEncode(room, out int written)
                        ? room[..written] : [];
                }
            }
            """);

        var bytes = Shapes.BytesOf(Shapes.Json);

        ((byte[])assembly.GetType("Probe")!.GetMethod("Again")!.Invoke(null, [bytes])!).ShouldBe(bytes);
    }

    [Fact]
    public void Defaults_OfEveryKind_AreWhatThePropertiesHold()
    {
        _directory.Write("shape.avsc", Shapes.Schema);
        var assembly = CompiledBatch.Compile(CompiledBatch.Generate(_directory.Schemas), """
            using System;
            using AdTracking.Avro.Logical;
            using AdTracking.Avro.Records;
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

        ours.ShouldBe(Shapes.BytesOf("""{"class":"c","aB":1,"hash":"\u0000\u0000\u0000\u0000","raw":"","corners":[]}"""));
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
}
