using System.Buffers.Binary;
using AdTracking.Kafka.Wire;
using K4os.Compression.LZ4;

namespace AdTracking.Kafka.Records;

/// <summary>Writes the LZ4 frame format as Kafka's own client does: independent blocks of 64 KiB, no checksums, no content size.</summary>
/// <remarks>
/// <code>
/// frame = magic 04 22 4D 18, FLG 60 (version 1, independent blocks), BD 40 (blocks of at most 64 KiB), HC 82, block*, 00 00 00 00
/// block = uint32 little-endian: length, highest bit set when the block is stored as it is; content
/// HC    = second byte of xxHash32 over FLG and BD: a constant, since these are
/// </code>
/// </remarks>
internal static class Lz4Frame
{
    private const int BlockBytesMax = 65_536;
    private const uint StoredAsItIs = 0x8000_0000;

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
}
