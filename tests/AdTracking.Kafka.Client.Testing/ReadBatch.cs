using System.Buffers.Binary;
using System.Text;
using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace AdTracking.Kafka.Client.Testing;

/// <summary>Reads a record batch as a broker does: checks every field, and uses other people's decompressors. Slow and obviously right.</summary>
internal sealed record ReadBatch(RecordCompression Compression, BatchIdentity Identity, long MaxTimestampMs, IReadOnlyList<ReadRecord> Records)
{
    /// <summary>Reads a whole batch.</summary>
    /// <exception cref="InvalidDataException">A broker would refuse it as corrupt.</exception>
    public static ReadBatch Of(ReadOnlySpan<byte> batch)
    {
        Check(batch.Length > BatchLayout.HeaderBytes, "shorter than its header");
        Check(BinaryPrimitives.ReadInt64BigEndian(batch) == 0, "base offset");
        Check(BinaryPrimitives.ReadInt32BigEndian(batch[8..]) == batch.Length - 12, "length");
        Check(BinaryPrimitives.ReadInt32BigEndian(batch[12..]) == -1, "leader epoch");
        Check(batch[16] == 2, "magic");
        Check(BinaryPrimitives.ReadUInt32BigEndian(batch[17..]) == SlowCrc(batch[21..]), "CRC");
        var attributes = BinaryPrimitives.ReadInt16BigEndian(batch[21..]);
        Check((attributes & ~7) == 0, "attributes");
        var count = BinaryPrimitives.ReadInt32BigEndian(batch[57..]);
        Check(count > 0 && BinaryPrimitives.ReadInt32BigEndian(batch[23..]) == count - 1, "last offset delta");
        var identity = new BatchIdentity(
            BinaryPrimitives.ReadInt64BigEndian(batch[43..]),
            BinaryPrimitives.ReadInt16BigEndian(batch[51..]),
            BinaryPrimitives.ReadInt32BigEndian(batch[53..]));
        var first = BinaryPrimitives.ReadInt64BigEndian(batch[27..]);
        var max = BinaryPrimitives.ReadInt64BigEndian(batch[35..]);

        ReadOnlySpan<byte> rest = Unpack((RecordCompression)attributes, batch[61..]);
        var records = new List<ReadRecord>();
        for (var i = 0; i < count; i++)
        {
            var length = Varint(ref rest);
            records.Add(ReadOne(rest[..length], i, first));
            rest = rest[length..];
        }

        Check(rest.IsEmpty, "bytes after the last record");
        Check(records.Max(record => record.TimestampMs) == max, "largest timestamp");
        return new ReadBatch((RecordCompression)attributes, identity, max, records);
    }

    private static ReadRecord ReadOne(ReadOnlySpan<byte> rest, int index, long first)
    {
        Check(rest[0] == 0, "record attributes");
        rest = rest[1..];
        KafkaBinary.TryReadVarlong(rest, out var timestampDelta, out var read).ShouldBeTrue();
        rest = rest[read..];
        Check(Varint(ref rest) == index, "offset delta");
        var key = Bytes(ref rest);
        var value = Bytes(ref rest);
        var headers = new List<KeyValuePair<string, byte[]?>>();
        for (var left = Varint(ref rest); left > 0; left--)
        {
            headers.Add(KeyValuePair.Create(Encoding.UTF8.GetString(Bytes(ref rest)!), Bytes(ref rest)));
        }

        Check(rest.IsEmpty, "bytes after the headers");
        return new ReadRecord(first + timestampDelta, key, value, headers);
    }

    private static byte[] Unpack(RecordCompression compression, ReadOnlySpan<byte> packed)
    {
        switch (compression)
        {
            case RecordCompression.None:
                return packed.ToArray();
            case RecordCompression.Lz4:
                using (var reader = LZ4Frame.Decode(new MemoryStream(packed.ToArray()), leaveOpen: false))
                using (var unpacked = new MemoryStream())
                {
                    reader.AsStream().CopyTo(unpacked);
                    return unpacked.ToArray();
                }

            case RecordCompression.Zstd:
                using (var zstd = new Decompressor())
                {
                    return zstd.Unwrap(packed).ToArray();
                }

            default:
                throw new InvalidDataException($"compression {compression}");
        }
    }

    private static int Varint(ref ReadOnlySpan<byte> rest)
    {
        Check(KafkaBinary.TryReadVarint(rest, out var value, out var read), "varint");
        rest = rest[read..];
        return value;
    }

    private static byte[]? Bytes(ref ReadOnlySpan<byte> rest)
    {
        var length = Varint(ref rest);
        if (length < 0)
        {
            return null;
        }

        var bytes = rest[..length].ToArray();
        rest = rest[length..];
        return bytes;
    }

    private static uint SlowCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var single in bytes)
        {
            crc ^= single;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException("Record batch: " + what);
        }
    }
}
