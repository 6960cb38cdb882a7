using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Records;

public sealed class RecordBatchWriterTests(ITestOutputHelper output)
{
    public static TheoryData<RecordCompression> Compressions() => [RecordCompression.None, RecordCompression.Lz4, RecordCompression.Zstd];

    [Fact]
    public void End_FourRecords_AreKafkasOwnBytes()
    {
        var batch = SampleBatches.Write(RecordCompression.None, new BatchIdentity(4711, 3, 2_147_483_646), SampleBatches.Four());

        Convert.ToHexString(batch).ShouldBe(Convert.ToHexString(Goldens.Batch("four")));
    }

    [Fact]
    public void End_OneRecordOfNulls_IsKafkasOwnBytes()
    {
        var batch = SampleBatches.Write(RecordCompression.None, BatchIdentity.None, [new ReadRecord(0, null, null, [])]);

        Convert.ToHexString(batch).ShouldBe(Convert.ToHexString(Goldens.Batch("single")));
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void End_RandomRecords_AreReadBack(RecordCompression compression)
    {
        var random = Seeds.Random(output);
        for (var round = 0; round < 60; round++)
        {
            var records = Enumerable.Range(0, random.Next(1, 60)).Select(_ => RandomRecord(random)).ToArray();
            var identity = new BatchIdentity(random.NextInt64(), (short)random.Next(short.MaxValue), random.Next());

            var read = ReadBatch.Of(SampleBatches.Write(compression, identity, records));

            read.Compression.ShouldBe(compression);
            read.Identity.ShouldBe(identity);
            ShouldBeSame(read.Records, records);
        }
    }

    // Blocks of LZ4 end at 65,536 bytes: one byte less, and one and two bytes more, are blocks of their own.
    [Theory]
    [InlineData(65_536 - 18)]
    [InlineData(65_536 - 17)]
    [InlineData(65_536 - 16)]
    [InlineData(65_536 - 15)]
    [InlineData(65_536 - 14)]
    [InlineData(65_536 - 13)]
    [InlineData(65_536 - 12)]
    [InlineData(65_536 - 11)]
    [InlineData(65_536 - 10)]
    [InlineData(65_536 - 9)]
    [InlineData(65_536 - 8)]
    [InlineData(300_000)]
    public void End_Lz4AtABlocksEnd_IsReadBack(int valueBytes)
    {
        foreach (var isRandom in (bool[])[true, false])
        {
            var value = new byte[valueBytes];
            if (isRandom)
            {
                new Random(valueBytes).NextBytes(value);
            }

            ReadRecord[] records = [new(1, null, value, [])];

            ShouldBeSame(ReadBatch.Of(SampleBatches.Write(RecordCompression.Lz4, BatchIdentity.None, records)).Records, records);
        }
    }

    [Fact]
    public void ReadBatch_AnyFlippedBit_IsNoticed()
    {
        var batch = SampleBatches.Write(RecordCompression.None, new BatchIdentity(1, 0, 0), [new ReadRecord(5, [1], [2, 3], [])]);
        for (var bit = 0; bit < 8 * batch.Length; bit++)
        {
            batch[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<InvalidDataException>(() => ReadBatch.Of(batch));
            batch[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Identify_WrittenBatch_ChangesTheIdentityOnly()
    {
        var batch = SampleBatches.Write(RecordCompression.Lz4, new BatchIdentity(7, 1, 100), SampleBatches.Four());

        BatchLayout.Identify(batch, new BatchIdentity(7, 1, 95));

        ReadBatch.Of(batch).Identity.ShouldBe(new BatchIdentity(7, 1, 95));
        batch.ShouldBe(SampleBatches.Write(RecordCompression.Lz4, new BatchIdentity(7, 1, 95), SampleBatches.Four()));
    }

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(int.MaxValue, 1, 0)]
    [InlineData(int.MaxValue - 1, 4, 2)]
    public void Later_Sequence_WrapsToZero(int sequence, int records, int later) => BatchIdentity.Later(sequence, records).ShouldBe(later);

    [Theory]
    [MemberData(nameof(Compressions))]
    public void End_SecondRound_AllocatesNothing(RecordCompression compression)
    {
        using var writer = new RecordBatchWriter(compression);
        using var buffer = new WireBuffer();
        var headers = RecordHeaders.Of(KeyValuePair.Create("trace", (byte[]?)[1, 2, 3]));
        var value = new byte[300];
        new Random(1).NextBytes(value.AsSpan(0, 100));
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Clear();
            writer.Begin(buffer);
            for (var i = 0; i < 500; i++)
            {
                writer.Append(i, "key"u8, isKeyNull: false, value, isValueNull: false, headers);
            }

            _ = writer.End(new BatchIdentity(1, 0, round));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    [Fact]
    public void RecordBytesMax_AnyRecord_IsNotExceeded()
    {
        using var writer = new RecordBatchWriter(RecordCompression.None);
        using var buffer = new WireBuffer();
        var random = Seeds.Random(output);
        writer.Begin(buffer);
        for (var i = 0; i < 1_000; i++)
        {
            var record = RandomRecord(random);
            var headers = RecordHeaders.Of([.. record.Headers]);
            var before = writer.UnpackedBytes;
            SampleBatches.Append(writer, record);
            (writer.UnpackedBytes - before).ShouldBeLessThanOrEqualTo(
                RecordBatchWriter.RecordBytesMax(record.Key?.Length ?? -1, record.Value?.Length ?? -1, headers));
        }
    }

    private static ReadRecord RandomRecord(Random random) => new(
        random.NextInt64(-1, 1L << random.Next(1, 45)), RandomBytes(random, 40), RandomBytes(random, 5_000),
        [.. Enumerable.Range(0, random.Next(3)).Select(i => KeyValuePair.Create($"ä{i}", RandomBytes(random, 90)))]);

    private static byte[]? RandomBytes(Random random, int max)
    {
        if (random.Next(8) == 0)
        {
            return null;
        }

        var bytes = new byte[random.Next(random.Next(max))];
        random.NextBytes(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        return bytes;
    }

    private static void ShouldBeSame(IReadOnlyList<ReadRecord> read, ReadRecord[] written)
    {
        read.Count.ShouldBe(written.Length);
        for (var i = 0; i < read.Count; i++)
        {
            read[i].TimestampMs.ShouldBe(written[i].TimestampMs);
            read[i].Key.ShouldBe(written[i].Key);
            read[i].Value.ShouldBe(written[i].Value);
            read[i].Headers.Select(header => header.Key).ShouldBe(written[i].Headers.Select(header => header.Key));
            read[i].Headers.Select(header => header.Value).ShouldBe(written[i].Headers.Select(header => header.Value));
        }
    }
}
