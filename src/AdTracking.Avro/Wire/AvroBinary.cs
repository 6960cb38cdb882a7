using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace AdTracking.Avro.Wire;

/// <summary>The stateless layer of Avro's binary encoding (Avro 1.12, "Binary Encoding"). Every method either does all of its work and returns
/// how many bytes it took, or does nothing and returns <see langword="false"/>. Nothing here throws or allocates (<see
/// cref="TryReadString"/> makes the string it was asked for).</summary>
/// <remarks>
/// <code>
/// boolean = 00 | 01
/// int     = zig-zag, base 128, least significant group first, 1-5 bytes
/// long    = the same, 1-10 bytes
/// float   = 4 bytes IEEE 754, little endian          double = 8 bytes
/// bytes   = long length, then that many bytes        string = the same, UTF-8
/// </code>
/// </remarks>
public static class AvroBinary
{
    /// <summary>Most bytes that an int can take: 32 bits in groups of 7.</summary>
    public const int IntBytesMax = 5;

    /// <summary>Most bytes that a long can take: 64 bits in groups of 7.</summary>
    public const int LongBytesMax = 10;

    /// <summary>The number of bytes that <paramref name="value"/> takes as an int or a long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LongLength(long value) => VarintLength(ZigZag(value));

    /// <summary>The number of bytes that a string or bytes value of <paramref name="contentBytes"/> bytes takes, length included.</summary>
    public static long BytesLength(int contentBytes) => (long)LongLength(contentBytes) + contentBytes;

    /// <summary>Writes a boolean: one byte, 0 or 1.</summary>
    public static bool TryWriteBoolean(Span<byte> destination, bool value, out int written)
    {
        if (destination.IsEmpty)
        {
            written = 0;
            return false;
        }

        destination[0] = value ? (byte)1 : (byte)0;
        written = 1;
        return true;
    }

    /// <summary>Writes an int: it has the same bytes as the long of the same value.</summary>
    public static bool TryWriteInt(Span<byte> destination, int value, out int written) => TryWriteLong(destination, value, out written);

    /// <summary>Writes a long.</summary>
    public static bool TryWriteLong(Span<byte> destination, long value, out int written)
    {
        var rest = ZigZag(value);
        if (rest < 0x80 && !destination.IsEmpty)
        {
            destination[0] = (byte)rest; // most lengths, indexes and small numbers
            written = 1;
            return true;
        }

        var length = VarintLength(rest);
        if (destination.Length < length)
        {
            written = 0;
            return false;
        }

        var i = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            destination[i++] = (byte)(rest | 0x80);
        }

        destination[i] = (byte)rest;
        written = length;
        return true;
    }

    /// <summary>Writes a float.</summary>
    public static bool TryWriteFloat(Span<byte> destination, float value, out int written)
    {
        var done = BinaryPrimitives.TryWriteSingleLittleEndian(destination, value);
        written = done ? sizeof(float) : 0;
        return done;
    }

    /// <summary>Writes a double.</summary>
    public static bool TryWriteDouble(Span<byte> destination, double value, out int written)
    {
        var done = BinaryPrimitives.TryWriteDoubleLittleEndian(destination, value);
        written = done ? sizeof(double) : 0;
        return done;
    }

    /// <summary>Writes bytes, or a string that is UTF-8 already: the length, then the content.</summary>
    public static bool TryWriteBytes(Span<byte> destination, ReadOnlySpan<byte> value, out int written)
    {
        if (!TryWriteLong(destination, value.Length, out written) || !value.TryCopyTo(destination[written..]))
        {
            written = 0;
            return false;
        }

        written += value.Length;
        return true;
    }

    /// <summary>Writes a string as UTF-8. A lone surrogate becomes U+FFFD: what is written is always valid.</summary>
    public static bool TryWriteString(Span<byte> destination, ReadOnlySpan<char> value, out int written)
    {
        // One pass over the characters: the room for the length is guessed from the fewest bytes that the text can take, and the
        // text moved in the rare case that its length needs a byte more.
        var prefix = LongLength(value.Length);
        written = 0;
        if (destination.Length < prefix)
        {
            return false;
        }

        if (Utf8.FromUtf16(value, destination[prefix..], out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        var prefixNeeded = LongLength(length);
        if (prefixNeeded != prefix)
        {
            if (destination.Length < prefixNeeded + length)
            {
                return false;
            }

            destination.Slice(prefix, length).CopyTo(destination[prefixNeeded..]);
        }

        _ = TryWriteLong(destination, length, out written);
        written += length;
        return true;
    }

    /// <summary>Reads a boolean; any byte except 0 and 1 is an error.</summary>
    public static bool TryReadBoolean(ReadOnlySpan<byte> source, out bool value, out int read)
    {
        var done = !source.IsEmpty && source[0] <= 1;
        value = done && source[0] == 1;
        read = done ? 1 : 0;
        return done;
    }

    /// <summary>Reads an int; more than 32 bits are an error.</summary>
    public static bool TryReadInt(ReadOnlySpan<byte> source, out int value, out int read)
    {
        if (!TryReadLong(source, out var wide, out read) || read > IntBytesMax || wide != (int)wide)
        {
            value = 0;
            read = 0;
            return false;
        }

        value = (int)wide;
        return true;
    }

    /// <summary>Reads a long; more than 64 bits are an error.</summary>
    public static bool TryReadLong(ReadOnlySpan<byte> source, out long value, out int read)
    {
        if (!source.IsEmpty && source[0] < 0x80)
        {
            value = UnZigZag(source[0]);
            read = 1;
            return true;
        }

        return TryReadLongOfMany(source, out value, out read);
    }

    /// <summary>Reads a float.</summary>
    public static bool TryReadFloat(ReadOnlySpan<byte> source, out float value, out int read)
    {
        var done = BinaryPrimitives.TryReadSingleLittleEndian(source, out value);
        read = done ? sizeof(float) : 0;
        return done;
    }

    /// <summary>Reads a double.</summary>
    public static bool TryReadDouble(ReadOnlySpan<byte> source, out double value, out int read)
    {
        var done = BinaryPrimitives.TryReadDoubleLittleEndian(source, out value);
        read = done ? sizeof(double) : 0;
        return done;
    }

    /// <summary>Reads bytes as a slice of <paramref name="source"/>. A length that is negative or beyond the source is an error.</summary>
    public static bool TryReadBytes(ReadOnlySpan<byte> source, out ReadOnlySpan<byte> value, out int read)
    {
        if (!TryReadLong(source, out var length, out read) || length < 0 || length > source.Length - read)
        {
            value = default;
            read = 0;
            return false;
        }

        value = source.Slice(read, (int)length);
        read += (int)length;
        return true;
    }

    /// <summary>Reads a string; bytes that are not UTF-8 are an error.</summary>
    public static bool TryReadString(ReadOnlySpan<byte> source, out string value, out int read)
    {
        if (!TryReadBytes(source, out var utf8, out read) || !Utf8.IsValid(utf8))
        {
            value = "";
            read = 0;
            return false;
        }

        value = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>The signed value as zig-zag: small magnitudes become small numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    // 1 + floor(log2(v) / 7) without a division: 9/64 is close enough to 1/7 for every log2 of 0..63.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int VarintLength(ulong value) => (int)((((uint)BitOperations.Log2(value | 1) * 9) + 73) >> 6);

    private static bool TryReadLongOfMany(ReadOnlySpan<byte> source, out long value, out int read)
    {
        ulong bits = 0;
        var length = Math.Min(source.Length, LongBytesMax);
        for (var i = 0; i < length; i++)
        {
            var group = source[i];
            if (i == LongBytesMax - 1 && group > 1)
            {
                break; // the tenth group has room for one bit
            }

            bits |= (ulong)(group & 0x7F) << (7 * i);
            if (group < 0x80)
            {
                value = UnZigZag(bits);
                read = i + 1;
                return true;
            }
        }

        value = 0;
        read = 0;
        return false;
    }
}
