using System.Buffers.Binary;
using AdTracking.Kafka.Wire;
using ZstdSharp;

namespace AdTracking.Kafka.Records;

/// <summary>Writes record batches, one after another (the grammar is at <see cref="BatchLayout"/>). Keys and values are read from the caller's
/// memory once: into the batch itself, or, where it is compressed, into what the compressor reads. In the long run nothing is
/// allocated.</summary>
internal sealed class RecordBatchWriter : IDisposable
{
    private readonly RecordCompression _compression;
    private readonly WireBuffer? _unpacked;
    private readonly Compressor? _zstd;
    private WireBuffer? _destination;
    private int _start;
    private long _firstTimestampMs;
    private long _maxTimestampMs;

    /// <summary>Makes a writer; <paramref name="zstdLevel"/> is used by zstd only.</summary>
    public RecordBatchWriter(RecordCompression compression, int zstdLevel = 3)
    {
        _compression = compression;
        _unpacked = compression == RecordCompression.None ? null : new WireBuffer(65_536);
        _zstd = compression == RecordCompression.Zstd ? new Compressor(zstdLevel) : null;
    }

    /// <summary>Records in the batch that is being written.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the batch that is being written, before compression.</summary>
    public int UnpackedBytes => BatchLayout.HeaderBytes + (_unpacked?.Length ?? (_destination!.Length - _start - BatchLayout.HeaderBytes));

    /// <summary>The most bytes that a record of these parts takes in a batch, before compression.</summary>
    public static int RecordBytesMax(int keyBytes, int valueBytes, RecordHeaders headers) =>
        (4 * KafkaBinary.VarintBytesMax) + 1 + KafkaBinary.VarlongBytesMax + Math.Max(0, keyBytes) + Math.Max(0, valueBytes) + headers.Encoded.Length;

    /// <summary>Begins a batch at the end of <paramref name="destination"/>.</summary>
    public void Begin(WireBuffer destination)
    {
        _destination = destination;
        _start = destination.Length;
        _unpacked?.Clear();
        Count = 0;
        _ = destination.Room(BatchLayout.HeaderBytes);
        destination.Advance(BatchLayout.HeaderBytes);
    }

    /// <summary>Appends a record. Null is not the same as empty.</summary>
    public void Append(long timestampMs, ReadOnlySpan<byte> key, bool isKeyNull, ReadOnlySpan<byte> value, bool isValueNull, RecordHeaders headers)
    {
        if (Count == 0)
        {
            _firstTimestampMs = timestampMs;
            _maxTimestampMs = timestampMs;
        }

        _maxTimestampMs = Math.Max(_maxTimestampMs, timestampMs);
        var timestampDelta = timestampMs - _firstTimestampMs;
        var keyLength = isKeyNull ? -1 : key.Length;
        var valueLength = isValueNull ? -1 : value.Length;
        var length = 1 + KafkaBinary.VarlongLength(timestampDelta) + KafkaBinary.VarintLength(Count)
            + KafkaBinary.VarintLength(keyLength) + Math.Max(0, keyLength) + KafkaBinary.VarintLength(valueLength) + Math.Max(0, valueLength)
            + headers.Encoded.Length;

        var records = _unpacked ?? _destination!;
        var all = KafkaBinary.VarintLength(length) + length;
        var room = records.Room(all);
        var at = WriteVarint(room, length);
        room[at++] = 0;
        _ = KafkaBinary.TryWriteVarlong(room[at..], timestampDelta, out var written);
        at += written;
        at += WriteVarint(room[at..], Count);
        at += WriteVarint(room[at..], keyLength);
        at += Copy(isKeyNull ? default : key, room[at..]);
        at += WriteVarint(room[at..], valueLength);
        at += Copy(isValueNull ? default : value, room[at..]);
        at += Copy(headers.Encoded, room[at..]);
        records.Advance(at);
        Count++;
    }

    /// <summary>Ends the batch: compresses it, and writes its header.</summary>
    /// <returns>Its bytes.</returns>
    public int End(BatchIdentity identity)
    {
        var destination = _destination ?? throw new InvalidOperationException("No batch was begun.");
        Pack(destination);
        var bytes = destination.Length - _start;
        var batch = destination.Slice(_start, bytes);
        BinaryPrimitives.WriteInt64BigEndian(batch, 0);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.LengthAt..], bytes - BatchLayout.LeaderEpochAt);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.LeaderEpochAt..], -1);
        batch[BatchLayout.MagicAt] = BatchLayout.Magic;
        BinaryPrimitives.WriteInt16BigEndian(batch[BatchLayout.AttributesAt..], (short)_compression);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.LastOffsetDeltaAt..], Count - 1);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.FirstTimestampAt..], _firstTimestampMs);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.MaxTimestampAt..], _maxTimestampMs);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.CountAt..], Count);
        BatchLayout.Identify(batch, identity);
        _destination = null;
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _unpacked?.Dispose();
        _zstd?.Dispose();
    }

    private void Pack(WireBuffer destination)
    {
        switch (_compression)
        {
            case RecordCompression.Lz4:
                Lz4Frame.Write(_unpacked!.Written, destination);
                break;
            case RecordCompression.Zstd:
                var room = destination.Room(Compressor.GetCompressBound(_unpacked!.Length));
                destination.Advance(_zstd!.Wrap(_unpacked.Written, room));
                break;
            default:
                break;
        }
    }

    private static int WriteVarint(Span<byte> room, int value)
    {
        _ = KafkaBinary.TryWriteVarint(room, value, out var written);
        return written;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> room)
    {
        bytes.CopyTo(room);
        return bytes.Length;
    }
}
