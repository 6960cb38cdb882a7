using System.Buffers.Binary;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Records;

/// <summary>Reads record batches, one after another, whoever wrote them and however they were compressed (the grammar is at
/// <see cref="BatchLayout"/>). In the long run nothing is allocated for batches that are packed as ours are. A batch that is larger than
/// <paramref name="unpackedBytesMax"/> when it is unpacked is refused.</summary>
internal sealed class RecordBatchReader(int unpackedBytesMax = RecordBatchReader.UsualBytesMax) : IDisposable
{
    private const int UsualBytesMax = 256 * 1024 * 1024;
    private const int CompressionMask = 0x07;
    private const int ControlMask = 0x20;
    private readonly RecordUnpacker _unpacker = new(unpackedBytesMax);
    private readonly WireBuffer _records = new(65_536);
    private long _baseOffset;
    private int _left;
    private int _at;

    /// <summary>The offset after the batch.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Opens the batch that <paramref name="batches"/> begin with. One of a transaction's end has no records.</summary>
    /// <returns>Its bytes; 0 when it is torn, as the last one of an answer may be.</returns>
    /// <exception cref="KafkaProtocolException">It is not a batch, or not as it was written.</exception>
    public int Open(ReadOnlySpan<byte> batches)
    {
        _left = 0;
        if (batches.Length < BatchLayout.HeaderBytes)
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(batches[BatchLayout.LengthAt..]);
        if (batches[BatchLayout.MagicAt] != BatchLayout.Magic)
        {
            throw new KafkaProtocolException($"A record batch has format {batches[BatchLayout.MagicAt]}, not {BatchLayout.Magic}.");
        }

        if (length < BatchLayout.HeaderBytes - BatchLayout.LeaderEpochAt)
        {
            throw new KafkaProtocolException($"A record batch claims {length} bytes.");
        }

        if (length > batches.Length - BatchLayout.LeaderEpochAt)
        {
            return 0;
        }

        Read(batches[..(length + BatchLayout.LeaderEpochAt)]);
        return length + BatchLayout.LeaderEpochAt;
    }

    /// <summary>The next record of the batch; key and value stay as they are until the next call of <see cref="Open"/>. Null is read as
    /// empty.</summary>
    /// <exception cref="KafkaProtocolException">The batch does not contain what its header says.</exception>
    public bool TryRead(out long offset, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        offset = 0;
        key = default;
        value = default;
        if (_left == 0)
        {
            return false;
        }

        var rest = _records.Written[_at..];
        var length = ReadVarint(ref rest);
        var record = Take(ref rest, length);
        _at = _records.Length - rest.Length;
        _left--;
        _ = Take(ref record, 1);
        if (!KafkaBinary.TryReadVarlong(record, out _, out var read))
        {
            throw Torn();
        }

        record = record[read..];
        offset = _baseOffset + ReadVarint(ref record);
        key = TakeNullable(ref record);
        value = TakeNullable(ref record);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _records.Dispose();
        _unpacker.Dispose();
    }

    private void Read(ReadOnlySpan<byte> batch)
    {
        if (Crc32C.Of(batch[BatchLayout.AttributesAt..]) != BinaryPrimitives.ReadUInt32BigEndian(batch[BatchLayout.CrcAt..]))
        {
            throw new KafkaProtocolException("A record batch is not as it was written: its check value is wrong.");
        }

        _baseOffset = BinaryPrimitives.ReadInt64BigEndian(batch);
        NextOffset = _baseOffset + BinaryPrimitives.ReadInt32BigEndian(batch[BatchLayout.LastOffsetDeltaAt..]) + 1;
        var attributes = BinaryPrimitives.ReadInt16BigEndian(batch[BatchLayout.AttributesAt..]);
        if ((attributes & ControlMask) != 0)
        {
            return;
        }

        _records.Clear();
        _unpacker.Unpack(attributes & CompressionMask, batch[BatchLayout.HeaderBytes..], _records);
        _at = 0;
        _left = BinaryPrimitives.ReadInt32BigEndian(batch[BatchLayout.CountAt..]);
        if (_left < 0 || _left > _records.Length)
        {
            _left = 0;
            throw Torn();
        }
    }

    private static ReadOnlySpan<byte> TakeNullable(scoped ref ReadOnlySpan<byte> source)
    {
        var length = ReadVarint(ref source);
        return length == -1 ? default : Take(ref source, length);
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> source, int length)
    {
        if ((uint)length > (uint)source.Length)
        {
            throw Torn();
        }

        var taken = source[..length];
        source = source[length..];
        return taken;
    }

    private static int ReadVarint(scoped ref ReadOnlySpan<byte> source)
    {
        if (!KafkaBinary.TryReadVarint(source, out var value, out var read))
        {
            throw Torn();
        }

        source = source[read..];
        return value;
    }

    private static KafkaProtocolException Torn() => new("A record batch does not contain the records that it claims.");
}
