using System.Globalization;
using System.Text.Json;
using AdTracking.Avro.Containers;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Logical;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

/// <summary>Libraries that others made read what we write, and we read what they write.</summary>
public sealed class InteropTests(ITestOutputHelper output) : IDisposable
{
    private static readonly AvroSchema Schema = TestData.Schema(InteropFile.EveryType);
    private readonly TemporaryDirectory _folder = new("avro");

    public void Dispose() => _folder.Dispose();

    [RequiresTheory(Tool.PythonAvro)]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public async Task Python_OurFile_IsReadAndComesBack(ContainerCodec codec)
    {
        var ours = WriteRandom(codec);
        var theirs = _folder.PathOf("theirs.avro");

        await Python("copy", ours, theirs, codec == ContainerCodec.Null ? "deflate" : "null");

        InteropFile.ShouldHoldTheSame(theirs, ours);
    }

    [RequiresFact(Tool.PythonAvro)]
    public async Task Python_OneObject_IsPrintedAsWeWroteIt()
    {
        var read = await Python("read", WriteOne());

        // Its JSON has no union tags: the same as our readable style here, where bytes are text.
        InteropFile.SameJson(read.Output, InteropFile.Lines(_folder.PathOf("one.avro"), GenericJsonStyle.Readable).Single()).ShouldBeTrue(read.Output);
    }

    [RequiresFact(Tool.PythonAvro)]
    public async Task Python_LogicalTypes_MeanTheSame()
    {
        var schema = TestData.Schema("""
            {"type":"record","name":"L","fields":[
              {"name":"dec","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":3}},
              {"name":"fix","type":{"type":"fixed","name":"F","size":5,"logicalType":"decimal","precision":9,"scale":2}},
              {"name":"uuid","type":{"type":"string","logicalType":"uuid"}},
              {"name":"date","type":{"type":"int","logicalType":"date"}},
              {"name":"tms","type":{"type":"int","logicalType":"time-millis"}},
              {"name":"tus","type":{"type":"long","logicalType":"time-micros"}},
              {"name":"ms","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"us","type":{"type":"long","logicalType":"timestamp-micros"}}
            ]}
            """);
        var moment = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddMicroseconds(789_012);
        var path = _folder.PathOf("logical.avro");
        var room = new byte[256];
        using (ObjectContainerWriter file = new(File.Create(path), schema))
        {
            AvroWriter writer = new(room);
            writer.WriteDecimal(-1.025m, 3);
            writer.WriteDecimalFixed(1234567.89m, 2, 5);
            writer.WriteUuid(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
            writer.WriteDate(new DateOnly(2026, 2, 3));
            writer.WriteTimeMillis(new TimeOnly(4, 5, 6, 789));
            writer.WriteTimeMicros(new TimeOnly(4, 5, 6, 789, 12));
            writer.WriteTimestampMillis(moment);
            writer.WriteTimestampMicros(moment);
            writer.Overflowed.ShouldBeFalse();
            file.Append(writer.WrittenSpan);
        }

        var read = JsonDocument.Parse((await Python("read", path)).Output).RootElement;

        read.GetProperty("dec").GetString().ShouldBe("-1.025");
        read.GetProperty("fix").GetString().ShouldBe("1234567.89");
        read.GetProperty("uuid").GetString().ShouldBe("00112233-4455-6677-8899-aabbccddeeff");
        read.GetProperty("date").GetString().ShouldBe("2026-02-03");
        read.GetProperty("tms").GetString().ShouldBe("04:05:06.789000");
        read.GetProperty("tus").GetString().ShouldBe("04:05:06.789012");
        Moment(read, "ms").ShouldBe(moment.AddMicroseconds(-12));
        Moment(read, "us").ShouldBe(moment);

        var copy = _folder.PathOf("copy.avro");
        await Python("copy", path, copy, "null");
        InteropFile.ShouldHoldTheSame(copy, path);
    }

    [RequiresTheory(Tool.NodePackages)]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public async Task Avsc_OurFile_IsReadAndComesBack(ContainerCodec codec)
    {
        var ours = WriteRandom(codec);
        var theirs = _folder.PathOf("theirs.avro");

        await Avsc("copy", ours, theirs, codec == ContainerCodec.Null ? "deflate" : "null");

        InteropFile.ShouldHoldTheSame(theirs, ours);
    }

    [RequiresFact(Tool.NodePackages)]
    public async Task Avsc_OneObject_IsPrintedAsWeWroteIt()
    {
        var read = await Avsc("read", WriteOne());

        InteropFile.SameJson(read.Output, InteropFile.OneObject).ShouldBeTrue(read.Output);
    }

    [RequiresFact(Tool.AvroBin)]
    public async Task AvroC_OneObject_IsPrintedAsWeWroteIt()
    {
        var read = (await ToolProcess.RunAsync("avrocat", [WriteOne()])).Succeeded("avrocat");

        // The C library names union branches without their namespace.
        InteropFile.SameJson(read.Output, InteropFile.OneObject.Replace("interop.Inner", "Inner", StringComparison.Ordinal)).ShouldBeTrue(read.Output);
    }

    [RequiresTheory(Tool.AvroBin)]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public async Task AvroC_OurFile_IsReadAndComesBack(ContainerCodec codec)
    {
        var ours = WriteRandom(codec);
        var theirs = _folder.PathOf("theirs.avro");
        var other = codec == ContainerCodec.Null ? "deflate" : "null";

        (await ToolProcess.RunAsync("avromod", [$"--codec={other}", ours, theirs])).Succeeded("avromod");

        InteropFile.ShouldHoldTheSame(theirs, ours);
    }

    private static DateTimeOffset Moment(JsonElement read, string name) =>
        DateTimeOffset.Parse(read.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static async Task<ProcessOutcome> Python(params string[] arguments) =>
        (await ToolProcess.RunAsync(Tools.Python, [Path.Combine(AppContext.BaseDirectory, "Interop", "container.py"), .. arguments]))
            .Succeeded("container.py");

    private static async Task<ProcessOutcome> Avsc(params string[] arguments) =>
        (await ToolProcess.NodeAsync("avsc-container.mjs", arguments)).Succeeded("avsc-container.mjs");

    private string WriteOne()
    {
        var path = _folder.PathOf("one.avro");
        InteropFile.WriteJson(path, Schema, ContainerCodec.Deflate, GenericJsonStyle.AvroJson, InteropFile.OneObject);
        InteropFile.SameJson(InteropFile.Lines(path).Single(), InteropFile.OneObject).ShouldBeTrue();
        return path;
    }

    private string WriteRandom(ContainerCodec codec)
    {
        var path = _folder.PathOf("ours.avro");
        InteropFile.WriteRandom(path, Schema, codec, 300, Seeds.Random(output));
        return path;
    }
}
