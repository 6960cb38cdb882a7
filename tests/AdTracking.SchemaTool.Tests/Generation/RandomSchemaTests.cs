using System.Buffers.Binary;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Schemas;

namespace AdTracking.SchemaTool.Tests;

/// <summary>Random valid schemas: generated, compiled in one go, and compared with implementations that share nothing with ours.</summary>
public sealed class RandomSchemaTests : IDisposable
{
    private const int Files = 40;
    private const int ValuesOfAFile = 25;

    private readonly TemporaryDirectory _folder = new("random-schemas");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Generate_RandomSchemas_CompileAndKeepEveryValue() => Fuzz.ForSeeds(1, random =>
    {
        foreach ((var schema, var type, var name) in Batch(random))
        {
            var values = new RandomDatum(random);
            for (var i = 0; i < ValuesOfAFile; i++)
            {
                var value = values.Of(schema);
                var record = GeneratedRecord.Of(type, SlowAvro.Encode(schema, value, random));

                SlowAvro.Show(Decoded(schema, record.Bytes)).ShouldBe(SlowAvro.Show(value), name);
                record.Allocated.ShouldBe(0, name);
                record.Same.ShouldBeTrue(name);
                record.Text.ShouldNotBeEmpty();
            }
        }
    });

    [RequiresTheory(Tool.PythonAvro, Tool.NodePackages)]
    [InlineData(7)]
    public async Task Others_RandomSchemas_ReadAndWriteTheSameBytes(int offset)
    {
        var random = new Random(Seeds.Start + offset);
        foreach ((var schema, var type, var name) in Batch(random))
        {
            var values = new RandomDatum(random);
            var data = Enumerable.Range(0, ValuesOfAFile)
                .Select(_ => GeneratedRecord.Of(type, SlowAvro.Encode(schema, values.Of(schema), random)).Bytes);
            await File.WriteAllBytesAsync(_folder.PathOf(name + ".bin"), [.. data.SelectMany(Framed)]);
        }

        var script = Path.Combine(AppContext.BaseDirectory, "Generation", "reencode.py");
        (await ToolProcess.RunAsync(Tools.Python, [script, _folder.FullPath])).Succeeded("reencode.py");
        (await ToolProcess.NodeAsync("avsc-reencode.mjs", [_folder.FullPath])).Succeeded("avsc-reencode.mjs");

        foreach (var file in Directory.EnumerateFiles(_folder.FullPath, "*.bin"))
        {
            var ours = await File.ReadAllBytesAsync(file);
            (await File.ReadAllBytesAsync(Path.ChangeExtension(file, ".python"))).ShouldBe(ours, file);
            (await File.ReadAllBytesAsync(Path.ChangeExtension(file, ".avsc-out"))).ShouldBe(ours, file);
        }
    }

    private static object? Decoded(AvroSchema schema, byte[] bytes)
    {
        var at = 0;
        var value = SlowAvro.Decode(schema, bytes, ref at);
        at.ShouldBe(bytes.Length);
        return value;
    }

    private static byte[] Framed(byte[] datum)
    {
        byte[] framed = [0, 0, 0, 0, .. datum];
        BinaryPrimitives.WriteInt32BigEndian(framed, datum.Length);
        return framed;
    }

    private List<(AvroSchema Schema, Type Type, string Name)> Batch(Random random)
    {
        for (var i = 0; i < Files; i++)
        {
            File.WriteAllText(_folder.PathOf($"s{i}.avsc"), new RandomSchemas(random, $"t{i}").File());
        }

        var generated = CompiledBatch.Generate(_folder.FullPath);
        var assembly = CompiledBatch.Compile(generated);
        var batch = new List<(AvroSchema, Type, string)>();
        for (var i = 0; i < Files; i++)
        {
            var schema = SchemaParser.Parse(File.ReadAllText(_folder.PathOf($"s{i}.avsc"))).Required();
            if (schema is not EnumSchema and not FixedSchema)
            {
                batch.Add((schema, CompiledBatch.TypeOf(assembly, generated, $"s{i}.avsc", schema), $"s{i}"));
            }
        }

        return batch;
    }
}
