using AdTracking.Avro.Containers;
using AdTracking.SchemaTool.Generation;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Schemas and files of Apache Avro's own tests.</summary>
public sealed class SharedSchemaTests : IDisposable
{
    private const string Input = "<<INPUT ";

    private readonly TemporaryDirectory _folder = new("shared-schemas");

    public void Dispose() => _folder.Dispose();

    [RequiresFact(Tool.SharedData)]
    public void Generate_EverySchemaOfApacheAvro_Compiles()
    {
        var data = Path.Combine(Tools.SharedData!, "avro");
        var count = 0;
        foreach (var path in Directory.EnumerateFiles(data, "*.avsc", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(data, "schema.json", SearchOption.AllDirectories)))
        {
            File.Copy(path, _folder.PathOf($"f{count++}.avsc"));
        }
        // The vectors repeat names with other meanings: each is a folder of its own.
        List<GeneratedFile> files = [.. CompiledBatch.Generate(_folder.FullPath)];
        var vectors = File.ReadLines(Path.Combine(data, "schema-tests.txt"));
        foreach (var vector in vectors.Where(static line => line.StartsWith(Input, StringComparison.Ordinal)))
        {
            files.AddRange(OfVector(vector[Input.Length..], count++));
        }

        count.ShouldBeGreaterThan(30);
        CompiledBatch.Compile(files);
    }

    [RequiresTheory(Tool.SharedData)]
    [InlineData("weather.avro")]
    [InlineData("weather-deflate.avro")]
    [InlineData("weather-snappy.avro")]
    [InlineData("weather-sorted.avro")]
    [InlineData("schemas/simple/data.avro")]
    [InlineData("schemas/withUnion/data.avro")]
    [InlineData("syncInMeta.avro")]
    public void Decode_FileOfApacheAvro_EveryObjectComesBack(string name)
    {
        using var reader = new ObjectContainerReader(File.OpenRead(Path.Combine(Tools.SharedData!, "avro", name)));
        File.WriteAllText(_folder.PathOf("file.avsc"), reader.Schema.ToString());
        var files = CompiledBatch.Generate(_folder.FullPath);
        var assembly = CompiledBatch.Compile(files);
        var type = CompiledBatch.TypeOf(assembly, files, "file.avsc", reader.Schema);
        var objects = 0;
        while (reader.ReadBlock())
        {
            var block = reader.Block.ToArray();
            var at = 0;
            for (var i = 0; i < reader.BlockCount; i++, objects++)
            {
                var from = at;
                var shown = SlowAvro.Show(SlowAvro.Decode(reader.Schema, block, ref at));
                var again = GeneratedRecord.Of(type, block[from..at]).Bytes;
                var end = 0;
                SlowAvro.Show(SlowAvro.Decode(reader.Schema, again, ref end)).ShouldBe(shown);
            }
        }

        objects.ShouldBeGreaterThan(0);
    }

    private static IReadOnlyList<GeneratedFile> OfVector(string text, int number)
    {
        using var folder = new TemporaryDirectory("vector");
        File.WriteAllText(folder.PathOf("v.avsc"), text);
        return [.. CompiledBatch.Generate(folder.FullPath, $"Vector{number}").Select(file => file with { Path = $"{number}/{file.Path}" })];
    }
}
