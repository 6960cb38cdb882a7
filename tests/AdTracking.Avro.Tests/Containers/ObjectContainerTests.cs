using System.Text;
using AdTracking.Avro.Containers;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Tests;

public sealed class ObjectContainerTests(ITestOutputHelper output)
{
    private static readonly AvroSchema Schema = TestData.Schema(
        """{"type":"record","name":"R","doc":"kept","fields":[{"name":"n","type":"long"},{"name":"s","type":"string"}]}""");

    [Theory]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public void Read_WhatWasWritten_ComesBackBlockByBlock(ContainerCodec codec)
    {
        var file = Write(codec, objects: 1000, blockBytes: 1000);

        using ObjectContainerReader reader = new(new MemoryStream(file));
        reader.Codec.ShouldBe(codec);
        reader.Schema.ToString().ShouldBe(Schema.ToString());
        Encoding.UTF8.GetString(reader.Metadata["made.by"]).ShouldBe("a test");
        List<string> lines = [.. reader.ReadJson()];
        lines.Count.ShouldBe(1000);
        lines[999].ShouldBe("""{"n":999,"s":"text 999"}""");

        using ObjectContainerReader blocks = new(new MemoryStream(file));
        var count = 0;
        while (blocks.ReadBlock())
        {
            count++;
        }

        count.ShouldBeGreaterThan(5);
        blocks.ReadBlock().ShouldBeFalse();
    }

    [Fact]
    public void Write_SameSync_IsTheSameBytes() => Write(ContainerCodec.Null, 10, 100).ShouldBe(Write(ContainerCodec.Null, 10, 100));

    [Fact]
    public void Read_FileWithoutBlocks_IsEmpty()
    {
        using ObjectContainerReader reader = new(new MemoryStream(Write(ContainerCodec.Null, 0, 100)));
        reader.ReadJson().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public void Read_EveryPrefix_IsDamagedUnlessItEndsWithABlock(ContainerCodec codec)
    {
        var file = Write(codec, objects: 20, blockBytes: 100);
        var whole = 0;
        for (var length = 0; length < file.Length; length++)
        {
            try
            {
                using ObjectContainerReader reader = new(new MemoryStream(file, 0, length));
                reader.ReadJson().Count().ShouldBeLessThan(20);
                whole++;
            }
            catch (InvalidDataException)
            {
                // what a cut file is, except between two blocks
            }
        }

        whole.ShouldBeInRange(1, 5);
    }

    [Theory]
    [InlineData(ContainerCodec.Null)]
    [InlineData(ContainerCodec.Deflate)]
    public void Read_Mutations_AreDamagedOrReadButNothingElse(ContainerCodec codec)
    {
        var random = Seeds.Random(output);
        var file = Write(codec, objects: 20, blockBytes: 100);
        var damaged = 0;
        for (var round = 0; round < 3_000; round++)
        {
            byte[] mutant = [.. file];
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            try
            {
                using ObjectContainerReader reader = new(new MemoryStream(mutant));
                _ = reader.ReadJson().Count();
            }
            catch (InvalidDataException)
            {
                damaged++;
            }
        }

        damaged.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Read_HostileSizes_AreRefusedWithoutTheMemory()
    {
        var header = Write(ContainerCodec.Null, 0, 100);
        byte[][] hostile =
        [
            [.. header, .. SlowAvro.Long(1), .. SlowAvro.Long(1L << 62)],
            [.. header, .. SlowAvro.Long(1), .. SlowAvro.Long(-1)],
            [.. header, .. SlowAvro.Long(1), .. SlowAvro.Long(60_000_000)],
            [.. header, .. SlowAvro.Long(1L << 62), 0, .. Sync],
            [.. header, .. SlowAvro.Long(-1), 0, .. Sync],
            [.. header, 2, 0, .. new byte[16]],
            [.. "Obj\u0001"u8, .. SlowAvro.Long(1L << 62)],
            [.. "Obj\u0001"u8, .. SlowAvro.Long(long.MinValue), 0],
            [.. "Obj\u0001"u8, 2, .. SlowAvro.Long(1L << 40)],
            [.. "Obj\u0001"u8, .. SlowAvro.Long(1_000_000), .. new byte[3_000_000]],
        ];
        foreach (var file in hostile)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Should.Throw<InvalidDataException>(() =>
            {
                using ObjectContainerReader reader = new(new MemoryStream(file));
                _ = reader.ReadJson().Count();
            });
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000_000);
        }
    }

    [Fact]
    public void Read_BlockOfNothing_IsBoundedByTheItems()
    {
        var nulls = TestData.Schema("\"null\"");
        using MemoryStream file = new();
        using (new ObjectContainerWriter(file, nulls, options: Options(100)))
        {
            file.Flush();
        }

        var header = file.ToArray();

        using ObjectContainerReader fine = new(new MemoryStream([.. header, .. SlowAvro.Long(3), 0, .. Sync]));
        fine.ReadJson().ShouldBe(["null", "null", "null"]);
        using ObjectContainerReader many = new(new MemoryStream([.. header, .. SlowAvro.Long(5_000_000_000), 0, .. Sync]));
        Should.Throw<InvalidDataException>(() => many.ReadBlock());
    }

    [Fact]
    public void Read_DeflateBomb_IsCutAtTheLimit()
    {
        using MemoryStream file = new();
        using (ObjectContainerWriter writer = new(file, TestData.Schema("\"bytes\""), ContainerCodec.Deflate))
        {
            writer.Append([.. SlowAvro.Long(10_000_000), .. new byte[10_000_000]]);
        }

        file.ToArray().Length.ShouldBeLessThan(100_000);

        using ObjectContainerReader reader = new(
            new MemoryStream(file.ToArray()), AvroReadLimits.Default with { BlockBytesMax = 1_000_000 });
        Should.Throw<InvalidDataException>(() => reader.ReadBlock()).Message.ShouldContain("decompressed");
    }

    [Theory]
    [InlineData("", "null", "no avro.schema")]
    [InlineData("{\"type\":\"nothing\"}", "null", "ADT1006")]
    [InlineData("\"int\"", "zstandard", "zstandard")]
    public void Read_HeaderNobodyCanRead_SaysWhy(string schema, string codec, string expected)
    {
        List<byte> file = [.. "Obj\u0001"u8, (byte)(schema.Length > 0 ? 4 : 2)];
        if (schema.Length > 0)
        {
            file.AddRange([.. SlowAvro.String("avro.schema"), .. SlowAvro.String(schema)]);
        }

        file.AddRange([.. SlowAvro.String("avro.codec"), .. SlowAvro.String(codec), 0, .. Sync]);

        Should.Throw<InvalidDataException>(() => new ObjectContainerReader(new MemoryStream([.. file]))).Message.ShouldContain(expected);
    }

    [Fact]
    public void Constructor_CodecThatIsOnlyRead_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ObjectContainerWriter(new MemoryStream(), Schema, ContainerCodec.Snappy));

    private static byte[] Sync => [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private static ObjectContainerOptions Options(int blockBytes) =>
        new() { BlockBytes = blockBytes, Sync = Sync, Metadata = new Dictionary<string, byte[]> { ["made.by"] = "a test"u8.ToArray() } };

    private static byte[] Write(ContainerCodec codec, int objects, int blockBytes)
    {
        using MemoryStream file = new();
        var room = new byte[100];
        using (ObjectContainerWriter writer = new(file, Schema, codec, Options(blockBytes)))
        {
            for (var i = 0; i < objects; i++)
            {
                AvroWriter avro = new(room);
                avro.WriteLong(i);
                avro.WriteString("text " + i);
                writer.Append(avro.WrittenSpan);
            }
        }

        return file.ToArray();
    }
}
