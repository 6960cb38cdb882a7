using System.Text.Json;
using AdTracking.Avro.Containers;
using AdTracking.Avro.Framing;
using AdTracking.Avro.Parsing;
using AdTracking.Avro.Records;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;
using AdTracking.Testing;

namespace AdTracking.Events.Tests.Writing;

/// <summary>Generated records in files and in single objects.</summary>
public sealed class RecordContainerTests : IDisposable
{
    private const string OlderSchema = """
        {"type":"record","name":"BadEvent","namespace":"adtracking.events","fields":[
          {"name":"route","type":"string"},{"name":"gone","type":["null","int"]},{"name":"bad_id","type":"string"},
          {"name":"received_ts","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"edge_id","type":"string"},
          {"name":"body_length","type":"int"}]}
        """;

    private const string OlderJson = """{"route":"/v1/events","gone":7,"bad_id":"b","received_ts":1767323045678,"edge_id":"e","body_length":9}""";

    private readonly TemporaryDirectory _folder = new("containers");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public void Read_WhatWasWritten_ComesBack(ContainerCodec codec)
    {
        BadEvent[] records = [.. Enumerable.Range(0, 500).Select(Record)];
        using var file = new MemoryStream();
        using (var writer = ObjectContainerWriter.Of<BadEvent>(file, codec, new() { LeaveOpen = true, BlockBytes = 2000 }))
        {
            Array.ForEach(records, writer.Append);
        }

        file.Position = 0;

        using var reader = new ObjectContainerReader(file);

        reader.Read<BadEvent>().ShouldBe(records);
        reader.Schema.ToString().ShouldBe(SchemaParser.Parse(BadEvent.SchemaJson).Required().ToString());
    }

    [Fact]
    public void Read_FileOfAnOlderVersion_TakesDefaultsAndLeavesOutWhatIsGone()
    {
        var older = SchemaParser.Parse(OlderSchema).Required();
        using var file = new MemoryStream();
        using (var writer = new ObjectContainerWriter(file, older, options: new() { LeaveOpen = true }))
        {
            for (var i = 0; i < 3; i++)
            {
                writer.Append(JsonDocument.Parse(OlderJson).RootElement);
            }
        }

        file.Position = 0;
        using var reader = new ObjectContainerReader(file);

        BadEvent[] read = [.. reader.Read<BadEvent>()];

        read.Length.ShouldBe(3);
        read.ShouldAllBe(record => record.Route == "/v1/events" && record.BodyLength == 9 && record.FailureCode == FailureCode.Unknown);
    }

    [Fact]
    public void Append_RecordOfAnotherSchemaOrUnsayable_IsRefusedAndTheFileStaysWhole()
    {
        var older = SchemaParser.Parse(OlderSchema).Required();
        using var file = new MemoryStream();
        using (var writer = new ObjectContainerWriter(file, older, options: new() { LeaveOpen = true }))
        {
            Should.Throw<ArgumentException>(() => writer.Append(Record(1))).Message.ShouldContain("another schema");
            Should.Throw<ArgumentException>(() => writer.Append(JsonDocument.Parse("""{"route":1}""").RootElement)).Message.ShouldContain("$.route");
            writer.Append(JsonDocument.Parse(OlderJson).RootElement);
        }

        file.Position = 0;
        new ObjectContainerReader(file).ReadJson().ToList().ShouldHaveSingleItem().ShouldContain("/v1/events");
    }

    [RequiresFact(Tool.NodePackages)]
    public async Task Avsc_FileOfRecords_IsReadFieldByField()
    {
        var path = _folder.PathOf("records.avro");
        using (var writer = ObjectContainerWriter.Of<BadEvent>(File.Create(path), ContainerCodec.Deflate))
        {
            for (var i = 0; i < 100; i++)
            {
                writer.Append(Record(i));
            }
        }

        var read = (await ToolProcess.NodeAsync("avsc-container.mjs", ["read", path])).Succeeded("avsc-container.mjs");

        var lines = read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(100);
        var last = JsonDocument.Parse(lines[99]).RootElement;
        last.GetProperty("bad_id").GetString().ShouldBe("bad-99");
        last.GetProperty("received_ts").GetInt64().ShouldBe(Record(99).ReceivedTs.ToUnixTimeMilliseconds());
        last.GetProperty("failure_code").GetString().ShouldBe("DECODE_ERROR");
        last.GetProperty("body").GetProperty("bytes").GetString().ShouldBe("abc");
    }

    [Fact]
    public void SingleObject_OwnOlderAndUnknownSchema_AreToldApart()
    {
        var store = new SchemaStore();
        var older = SchemaParser.Parse(OlderSchema).Required();
        var decoder = new SingleObjectDecoder<BadEvent>(store);
        var room = new byte[4096];
        SingleObject.TryEncode(Record(3), room, out var written).ShouldBeTrue();
        var own = room[..written];
        SingleObject.TryEncode(JsonDocument.Parse(OlderJson).RootElement, older, room, out written, out var problem).ShouldBeTrue(problem);
        var other = room[..written];

        decoder.TryDecode(own, out var record, out _).ShouldBeTrue();
        record.ShouldBe(Record(3));
        decoder.TryDecode(other, out _, out var error).ShouldBeFalse();
        error.ShouldBe(AvroReadError.UnknownSchema);
        SingleObject.TryFormat(store, other, out _).ShouldBe(AvroReadError.UnknownSchema);

        store.Add(older).ShouldBe(SchemaFingerprint.Crc64(older));
        decoder.TryDecode(other, out record, out _).ShouldBeTrue();
        record!.Route.ShouldBe("/v1/events");
        SingleObject.TryFormat(store, other, out var json).ShouldBe(AvroReadError.None);
        json.ShouldContain("\"gone\":7");
        decoder.TryDecode(own.AsSpan(1), out _, out error).ShouldBeFalse();
        error.ShouldBe(AvroReadError.BadFrame);
    }

    [Fact]
    public void TryEncode_EveryRoomThatIsTooSmall_WritesNothingAndNothingIsAllocated()
    {
        var record = Record(1);
        var room = new byte[4096];
        SingleObject.TryEncode(record, room, out var written).ShouldBeTrue();
        for (var size = 0; size < written; size++)
        {
            SingleObject.TryEncode(record, room.AsSpan(0, size), out _).ShouldBeFalse();
            ConfluentFrame.TryEncode(record, 1, room.AsSpan(0, Math.Min(size, written - 6)), out _).ShouldBeFalse();
        }

        ConfluentFrame.TryEncode(record, 0x01020304, room, out var framed).ShouldBeTrue();
        framed.ShouldBe(written - SingleObjectFrame.HeaderLength + ConfluentFrame.HeaderLength);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SingleObject.TryEncode(record, room, out _);
        ConfluentFrame.TryEncode(record, 1, room, out _);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }

    private static BadEvent Record(int i) => new()
    {
        BadId = $"bad-{i}",
        ReceivedTs = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + i),
        EdgeId = "edge",
        FailureCode = FailureCode.DecodeError,
        Headers = [new("k", $"v{i}")],
        Body = new AvroBytes("abc"u8.ToArray()),
        Route = i % 2 == 0 ? null : "/v1/events",
    };
}
