using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using AdTracking.Kafka.Wire;
using K4os.Compression.LZ4;

namespace AdTracking.Kafka.Records;

/// <summary>Writes the LZ4 frame format as Kafka's own client does: independent blocks of 64 KiB, no checksums, no content size. Reads it as
/// anybody may write it.</summary>
/// <remarks>
/// <code>
/// frame = magic 04 22 4D 18, FLG 60 (version 1, independent blocks), BD 40 (blocks of at most 64 KiB), HC 82, block*, 00 00 00 00
/// block = uint32 little-endian: length, highest bit set when the block is stored as it is; content
/// HC    = second byte of xxHash32 over FLG and BD: a constant, since these are
/// FLG   = 01 in bits 7-6, block independence bit 5, block checksums 4, content size 3, content checksum 2, dictionary id 0
/// others have: content size uint64 after BD, dictionary id uint32 after it, uint32 after each block, uint32 after the end
/// </code>
/// </remarks>
internal static class Lz4Frame
{
    private const int BlockBytesMax = 65_536;
    private const int BlockBytesLargest = 4 * 1024 * 1024;
    private const uint StoredAsItIs = 0x8000_0000;
    private const int BlockChecksums = 0x10;
    private const int ContentSize = 0x08;
    private const int ContentChecksum = 0x04;
    private const int Dictionary = 0x01;

    private static ReadOnlySpan<byte> Head => [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82];

    /// <summary>Appends one frame with <paramref name="content"/>.</summary>
    public static void Write(ReadOnlySpan<byte> content, WireBuffer destination)
    {
        destination.Append(Head);
        for (; content.Length > 0; content = content[Math.Min(BlockBytesMax, content.Length)..])
        {
            WriteBlock(content[..Math.Min(BlockBytesMax, content.Length)], destination);
        }

        destination.Append([0, 0, 0, 0]);
    }

    private static void WriteBlock(ReadOnlySpan<byte> content, WireBuffer destination)
    {
        // Room for the block as it is: what does not get smaller is stored so, and Encode says when it does not fit.
        var room = destination.Room(sizeof(uint) + content.Length);
        var packed = LZ4Codec.Encode(content, room.Slice(sizeof(uint), content.Length - 1), LZ4Level.L00_FAST);
        if (packed > 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)packed);
            destination.Advance(sizeof(uint) + packed);
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)content.Length | StoredAsItIs);
        content.CopyTo(room[sizeof(uint)..]);
        destination.Advance(sizeof(uint) + content.Length);
    }

    /// <summary>Appends the content of one frame after another. The record batch has a checksum of its own, so theirs are not computed.</summary>
    /// <exception cref="KafkaProtocolException">They are not LZ4 frames, or their content is larger than that.</exception>
    public static void Read(ReadOnlySpan<byte> frames, WireBuffer destination, int bytesMax)
    {
        while (frames.Length > 0)
        {
            var flags = ReadHead(ref frames);
            var start = destination.Length;
            for (var length = ReadUInt32(ref frames); length != 0; length = ReadUInt32(ref frames))
            {
                ReadBlock(Take(ref frames, (int)(length & ~StoredAsItIs)), (length & StoredAsItIs) != 0, start, destination, bytesMax);
                _ = Take(ref frames, (flags & BlockChecksums) != 0 ? sizeof(uint) : 0);
            }

            _ = Take(ref frames, (flags & ContentChecksum) != 0 ? sizeof(uint) : 0);
        }
    }

    private static byte ReadHead(scoped ref ReadOnlySpan<byte> frames)
    {
        var head = Take(ref frames, sizeof(uint) + 2);
        var flags = head[sizeof(uint)];
        if (!head.StartsWith(Head[..sizeof(uint)]) || flags >> 6 != 1 || (flags & Dictionary) != 0)
        {
            Throw();
        }

        _ = Take(ref frames, ((flags & ContentSize) != 0 ? sizeof(ulong) : 0) + 1);
        return flags;
    }

    // A block may refer to the 64 KiB before it, also where the frame says otherwise.
    private static void ReadBlock(ReadOnlySpan<byte> block, bool isStored, int start, WireBuffer destination, int bytesMax)
    {
        if (isStored)
        {
            destination.Append(block);
        }
        else
        {
            var room = destination.Room(BlockBytesLargest);
            var before = destination.Written[Math.Max(start, destination.Length - BlockBytesMax)..];
            var unpacked = LZ4Codec.Decode(block, room[..BlockBytesLargest], before);
            if (unpacked < 0)
            {
                Throw();
            }

            destination.Advance(unpacked);
        }

        if (destination.Length > bytesMax)
        {
            Throw();
        }
    }

    private static uint ReadUInt32(scoped ref ReadOnlySpan<byte> source) => BinaryPrimitives.ReadUInt32LittleEndian(Take(ref source, sizeof(uint)));

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> source, int length)
    {
        if ((uint)length > (uint)source.Length)
        {
            Throw();
        }

        var taken = source[..length];
        source = source[length..];
        return taken;
    }

    [DoesNotReturn]
    private static void Throw() => throw new KafkaProtocolException("A record batch cannot be unpacked: it has no LZ4 frame, or one that is too large.");
}
