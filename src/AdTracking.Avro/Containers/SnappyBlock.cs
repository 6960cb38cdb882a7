using System.Buffers.Binary;

namespace AdTracking.Avro.Containers;

/// <summary>Decompresses Avro's Snappy blocks: the raw Snappy format, then the CRC-32 (of zip) of what came out, big endian.</summary>
/// <remarks>
/// <code>
/// length of the output: unsigned base 128, then elements:
/// tag ll = 00: literal, length - 1 in the upper six bits, or 60..63: in the next 1..4 bytes
///         01: copy, length - 4 in three bits, offset in three bits and a byte
///         10: copy, length - 1 in six bits, offset in two bytes        11: the same, offset in four bytes
/// </code>
/// </remarks>
internal static class SnappyBlock
{
    private const int ChecksumBytes = 4;

    public static bool TryDecompress(ReadOnlySpan<byte> stored, int bytesMax, out byte[] plain)
    {
        plain = [];
        if (stored.Length < ChecksumBytes)
        {
            return false;
        }

        var checksum = BinaryPrimitives.ReadUInt32BigEndian(stored[^ChecksumBytes..]);
        var source = stored[..^ChecksumBytes];
        if (!TryReadLength(ref source, out var length) || length > bytesMax)
        {
            return false;
        }

        // An element of at most 5 bytes gives at most 64: a length beyond that ratio is a lie, and memory is not given for it.
        if (length > 64L * source.Length)
        {
            return false;
        }

        var output = new byte[length];
        if (!TryFill(source, output) || Crc32.Of(output) != checksum)
        {
            return false;
        }

        plain = output;
        return true;
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> source, out uint length)
    {
        length = 0;
        for (var i = 0; i < 5 && i < source.Length; i++)
        {
            length |= (uint)(source[i] & 0x7F) << (7 * i);
            if (source[i] >= 0x80)
            {
                continue;
            }

            var fits = i < 4 || source[i] < 16;
            source = source[(i + 1)..];
            return fits;
        }

        return false;
    }

    private static bool TryFill(ReadOnlySpan<byte> source, Span<byte> output)
    {
        var at = 0;
        while (!source.IsEmpty)
        {
            int tag = source[0];
            source = source[1..];
            var done = (tag & 3) == 0 ? TryLiteral(tag, ref source, output, ref at) : TryCopy(tag, ref source, output, ref at);
            if (!done)
            {
                return false;
            }
        }

        return at == output.Length;
    }

    private static bool TryLiteral(int tag, ref ReadOnlySpan<byte> source, Span<byte> output, ref int at)
    {
        long length = tag >> 2;
        var more = (int)length - 59;
        if (more > 0 && !TryLittleEndian(ref source, more, out length))
        {
            return false;
        }

        length++;
        if (length > source.Length || length > output.Length - at)
        {
            return false;
        }

        source[..(int)length].CopyTo(output[at..]);
        source = source[(int)length..];
        at += (int)length;
        return true;
    }

    private static bool TryCopy(int tag, ref ReadOnlySpan<byte> source, Span<byte> output, ref int at)
    {
        var kind = tag & 3;
        var length = kind == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        if (!TryLittleEndian(ref source, kind == 3 ? 4 : kind, out var offset))
        {
            return false;
        }

        if (kind == 1)
        {
            offset |= (long)(tag & 0xE0) << 3;
        }

        if (offset == 0 || offset > at || length > output.Length - at)
        {
            return false;
        }

        // Byte by byte: the copy may run into what it is just writing, and that is how runs are said.
        for (int from = at - (int)offset, end = at + length; at < end; at++)
        {
            output[at] = output[from++];
        }

        return true;
    }

    private static bool TryLittleEndian(ref ReadOnlySpan<byte> source, int bytes, out long value)
    {
        value = 0;
        if (source.Length < bytes)
        {
            return false;
        }

        for (var i = 0; i < bytes; i++)
        {
            value |= (long)source[i] << (8 * i);
        }

        source = source[bytes..];
        return true;
    }
}
