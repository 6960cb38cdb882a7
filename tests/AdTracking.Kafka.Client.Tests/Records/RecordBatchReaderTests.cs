using System.Buffers.Binary;
using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Records;

public sealed class RecordBatchReaderTests(ITestOutputHelper output)
{
    private static readonly string[] Kinds = ["four", "gzip", "snappy", "lz4", "zstd"];

    public static TheoryData<string> Written() => [.. Kinds];

    [Theory]
    [MemberData(nameof(Written))]
    public void TryRead_BatchOfKafkasOwnClasses_HasItsRecords(string kind)
    {
        using var reader = new RecordBatchReader();
        var batch = Goldens.Batch(kind);
        BinaryPrimitives.WriteInt64BigEndian(batch, 1_000_000_000_000); // as the broker sets it: outside of the check value

        for (var round = 0; round < 2; round++)
        {
            reader.Open([.. batch, 1, 2, 3]).ShouldBe(batch.Length);
            reader.NextOffset.ShouldBe(1_000_000_000_004);
            var written = SampleBatches.Four();
            for (var i = 0; i < written.Length; i++)
            {
                reader.TryRead(out var offset, out var key, out var value).ShouldBeTrue();
                offset.ShouldBe(1_000_000_000_000 + i);
                key.ToArray().ShouldBe(written[i].Key ?? []);
                value.ToArray().ShouldBe(written[i].Value ?? []);
            }

            reader.TryRead(out _, out _, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Open_EndOfATransaction_HasNoRecordsAndMovesOn()
    {
        using var reader = new RecordBatchReader();
        var marker = Goldens.Batch("marker");

        reader.Open(marker).ShouldBe(marker.Length);

        reader.NextOffset.ShouldBe(41);
        reader.TryRead(out _, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void TryRead_RandomBatchesOfOurs_AreReadBack()
    {
        var random = Seeds.Random(output);
        using var reader = new RecordBatchReader();
        for (var round = 0; round < 60; round++)
        {
            var records = Enumerable.Range(0, random.Next(1, 60)).Select(_ => RandomRecord(random)).ToArray();
            var kinds = Enum.GetValues<RecordCompression>();
            var batch = SampleBatches.Write(kinds[round % kinds.Length], BatchIdentity.None, records);

            reader.Open(batch).ShouldBe(batch.Length);

            foreach (var record in records)
            {
                reader.TryRead(out _, out var key, out var value).ShouldBeTrue();
                key.ToArray().ShouldBe(record.Key);
                value.ToArray().ShouldBe(record.Value);
            }

            reader.TryRead(out _, out _, out _).ShouldBeFalse();
        }
    }

    // The last batch of an answer may be cut anywhere; the check value finds what was changed.
    [Theory]
    [MemberData(nameof(Written))]
    public void Open_TornOrChangedBatch_IsNotRead(string kind)
    {
        using var reader = new RecordBatchReader();
        var batch = Goldens.Batch(kind);
        for (var length = 0; length < batch.Length; length++)
        {
            reader.Open(batch.AsSpan(0, length)).ShouldBe(0);
        }

        for (var at = BatchLayout.LengthAt; at < batch.Length; at += at < BatchLayout.HeaderBytes ? 1 : 37)
        {
            if (at is >= BatchLayout.LeaderEpochAt and < BatchLayout.MagicAt)
            {
                continue; // the leader's epoch: brokers change it
            }

            batch[at] ^= 0x41;
            try
            {
                reader.Open(batch).ShouldBe(0, $"byte {at}");
            }
            catch (KafkaProtocolException)
            {
                // Or it says so.
            }

            batch[at] ^= 0x41;
        }
    }

    // With a check value that fits: what the check value does not find is at most an error.
    [Theory]
    [MemberData(nameof(Written))]
    public void TryRead_HostileBatch_ThrowsNothingElseAndAllocatesLittle(string kind)
    {
        var random = Seeds.Random(output);
        using var reader = new RecordBatchReader(unpackedBytesMax: 1_000_000);
        var refused = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var batch = Goldens.Batch(kind);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var end = random.Next(2) == 0 ? 130 : batch.Length; // most of the records' lengths are at the beginning
                batch[random.Next(BatchLayout.LastOffsetDeltaAt, end)] = (byte)random.Next(256);
            }

            BinaryPrimitives.WriteUInt32BigEndian(batch.AsSpan(BatchLayout.CrcAt), Crc32C.Of(batch.AsSpan(BatchLayout.AttributesAt)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            refused += IsRefused(reader, batch) ? 1 : 0;
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * 1024 * 1024, $"round {round}");
        }

        refused.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("04224D18")]
    [InlineData("04224D1860408200000000" + "FF")] // bytes after the frame
    [InlineData("04224D18614082" + "00000000")] // a dictionary
    [InlineData("04224D18204082" + "00000000")] // another version
    [InlineData("04224D18604082" + "FFFFFF7F")] // a block of 2 GiB
    [InlineData("04224D18604082" + "05000000" + "F0FFFFFFFF")] // a length without end
    public void Lz4_FrameThatIsNone_IsRefused(string hex)
    {
        using var buffer = new WireBuffer();
        Should.Throw<KafkaProtocolException>(() => Lz4Frame.Read(Convert.FromHexString(hex), buffer, 1_000_000));
    }

    // A megabyte of zeros takes some 60 bytes with zstd: the limit holds before the memory is there.
    [Fact]
    public void Unpack_MoreThanTheLimit_IsRefused()
    {
        using var unpacker = new RecordUnpacker(bytesMax: 1_000_000);
        using var buffer = new WireBuffer();
        using var zstd = new ZstdSharp.Compressor();
        var packed = zstd.Wrap(new byte[1_000_001]).ToArray();

        Should.Throw<KafkaProtocolException>(() => unpacker.Unpack(4, packed, buffer)).Message.ShouldContain("larger than");
        Should.Throw<KafkaProtocolException>(() => unpacker.Unpack(7, [], buffer));
        buffer.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("lz4")]
    [InlineData("zstd")]
    [InlineData("four")]
    public void TryRead_SecondRound_AllocatesNothing(string kind)
    {
        using var reader = new RecordBatchReader();
        var batch = Goldens.Batch(kind);
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = IsRefused(reader, batch);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    private static bool IsRefused(RecordBatchReader reader, ReadOnlySpan<byte> batch)
    {
        try
        {
            _ = reader.Open(batch);
            while (reader.TryRead(out _, out _, out _))
            {
                // Only whether it can be read.
            }

            return false;
        }
        catch (KafkaProtocolException)
        {
            return true;
        }
    }

    private static ReadRecord RandomRecord(Random random)
    {
        var key = new byte[random.Next(40)];
        var value = new byte[random.Next(9_000)];
        random.NextBytes(key);
        random.NextBytes(value.AsSpan(0, value.Length / 2));
        return new ReadRecord(random.Next(), key, value, [KeyValuePair.Create("h", (byte[]?)key)]);
    }
}
