using System.Buffers.Binary;
using System.IO.Compression;
using AdTracking.Kafka.Wire;
using Snappier;
using ZstdSharp;

namespace AdTracking.Kafka.Records;

/// <summary>Unpacks the records of a batch: every compression that Kafka has, since a topic may set one that its writers do not use.</summary>
/// <remarks>
/// <code>
/// gzip (1)   = one gzip member
/// snappy (2) = a raw block, or Java's stream: 82 "SNAPPY" 00, version int32, compatible version int32, (length int32, raw block)*
/// lz4 (3)    = LZ4 frames          zstd (4) = Zstandard frames
/// </code>
/// A batch that is larger than <paramref name="bytesMax"/> when it is unpacked is refused.
/// </remarks>
internal sealed class RecordUnpacker(int bytesMax) : IDisposable
{
    private const int JavaSnappyHeadBytes = 16;
    private Decompressor? _zstd;

    private static ReadOnlySpan<byte> JavaSnappy => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    /// <summary>Appends the records to <paramref name="destination"/>.</summary>
    /// <exception cref="KafkaProtocolException">They are not packed as they say, or are too large.</exception>
    public void Unpack(int compression, ReadOnlySpan<byte> packed, WireBuffer destination)
    {
        try
        {
            switch (compression)
            {
                case 0:
                    destination.Append(packed);
                    break;
                case 1:
                    UnpackGzip(packed, destination);
                    break;
                case 2:
                    UnpackSnappy(packed, destination);
                    break;
                case 3:
                    Lz4Frame.Read(packed, destination, bytesMax);
                    break;
                case 4:
                    UnpackZstd(packed, destination);
                    break;
                default:
                    throw new KafkaProtocolException($"A record batch has the compression {compression}, which does not exist.");
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or ZstdException or ArgumentException or EndOfStreamException)
        {
            throw new KafkaProtocolException("A record batch cannot be unpacked: " + failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zstd?.Dispose();

    private unsafe void UnpackGzip(ReadOnlySpan<byte> packed, WireBuffer destination)
    {
        fixed (byte* bytes = packed)
        {
            using var source = new UnmanagedMemoryStream(bytes, packed.Length);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            for (var read = -1; read != 0; destination.Advance(read))
            {
                read = gzip.Read(destination.Room(65_536));
                Check(destination.Length + (long)read);
            }
        }
    }

    private void UnpackSnappy(ReadOnlySpan<byte> packed, WireBuffer destination)
    {
        if (!packed.StartsWith(JavaSnappy) || packed.Length < JavaSnappyHeadBytes)
        {
            UnpackSnappyBlock(packed, destination);
            return;
        }

        for (var rest = packed[JavaSnappyHeadBytes..]; rest.Length > 0;)
        {
            if (rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(rest) is var length && (uint)length > (uint)(rest.Length - sizeof(int)))
            {
                throw new KafkaProtocolException("A record batch cannot be unpacked: a block of its snappy stream is torn.");
            }

            UnpackSnappyBlock(rest.Slice(sizeof(int), length), destination);
            rest = rest[(sizeof(int) + length)..];
        }
    }

    private void UnpackSnappyBlock(ReadOnlySpan<byte> block, WireBuffer destination)
    {
        var length = Snappy.GetUncompressedLength(block);
        Check((long)destination.Length + length);
        var written = Snappy.Decompress(block, destination.Room(length));
        destination.Advance(written);
    }

    // Not every writer says how large it is.
    private void UnpackZstd(ReadOnlySpan<byte> packed, WireBuffer destination)
    {
        _zstd ??= new Decompressor();
        for (var room = Math.Max(65_536L, 4L * packed.Length); ; room *= 2)
        {
            Check(room / 2);
            if (_zstd.TryUnwrap(packed, destination.Room((int)Math.Min(room, bytesMax)), out var written))
            {
                Check(written);
                destination.Advance(written);
                return;
            }
        }
    }

    private void Check(long bytes)
    {
        if (bytes > bytesMax)
        {
            throw new KafkaProtocolException($"A record batch is larger than {bytesMax} bytes when it is unpacked.");
        }
    }
}
