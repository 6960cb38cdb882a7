using System.Numerics;
using System.Runtime.CompilerServices;

namespace AdTracking.Kafka.Wire;

/// <summary>The stateless layer: Kafka's numbers of variable length. Every method either does all of its work and returns how many bytes it
/// took, or does nothing and returns <see langword="false"/>. Fixed-width numbers are big-endian and need no layer.</summary>
/// <remarks>
/// <code>
/// unsigned varint = base 128, least significant group first, 1-5 bytes        (lengths and tags of the flexible encoding)
/// varint          = zig-zag of an int32, then as above, 1-5 bytes              (inside records)
/// varlong         = zig-zag of an int64, then as above, 1-10 bytes             (inside records)
/// </code>
/// </remarks>
internal static class KafkaBinary
{
    /// <summary>Most bytes of a varint: 32 bits in groups of 7.</summary>
    public const int VarintBytesMax = 5;

    /// <summary>Most bytes of a varlong: 64 bits in groups of 7.</summary>
    public const int VarlongBytesMax = 10;

    /// <summary>Bytes that an unsigned number of variable length takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int UnsignedLength(ulong value) => ((63 - BitOperations.LeadingZeroCount(value | 1)) / 7) + 1;

    /// <summary>Bytes that a varint takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int VarintLength(int value) => UnsignedLength(ZigZag(value));

    /// <summary>Bytes that a varlong takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int VarlongLength(long value) => UnsignedLength(ZigZag(value));

    /// <summary>Writes an unsigned number of variable length.</summary>
    public static bool TryWriteUnsigned(Span<byte> destination, ulong value, out int written)
    {
        var length = UnsignedLength(value);
        if (destination.Length < length)
        {
            written = 0;
            return false;
        }

        var at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[at++] = (byte)(value | 0x80);
        }

        destination[at] = (byte)value;
        written = length;
        return true;
    }

    /// <summary>Writes a varint.</summary>
    public static bool TryWriteVarint(Span<byte> destination, int value, out int written) => TryWriteUnsigned(destination, ZigZag(value), out written);

    /// <summary>Writes a varlong.</summary>
    public static bool TryWriteVarlong(Span<byte> destination, long value, out int written) => TryWriteUnsigned(destination, ZigZag(value), out written);

    /// <summary>Reads an unsigned varint. More than 32 bits are an error.</summary>
    public static bool TryReadUnsignedVarint(ReadOnlySpan<byte> source, out uint value, out int read)
    {
        var done = TryReadUnsigned(source, VarintBytesMax, out var wide, out read) && wide <= uint.MaxValue;
        value = done ? (uint)wide : 0;
        read = done ? read : 0;
        return done;
    }

    /// <summary>Reads a varint. More than 32 bits are an error.</summary>
    public static bool TryReadVarint(ReadOnlySpan<byte> source, out int value, out int read)
    {
        var done = TryReadUnsignedVarint(source, out var zigZag, out read);
        value = (int)(zigZag >> 1) ^ -(int)(zigZag & 1);
        return done;
    }

    /// <summary>Reads a varlong. More than 64 bits are an error.</summary>
    public static bool TryReadVarlong(ReadOnlySpan<byte> source, out long value, out int read)
    {
        var done = TryReadUnsigned(source, VarlongBytesMax, out var zigZag, out read);
        value = (long)(zigZag >> 1) ^ -(long)(zigZag & 1);
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static bool TryReadUnsigned(ReadOnlySpan<byte> source, int bytesMax, out ulong value, out int read)
    {
        value = 0;
        for (var at = 0; at < source.Length && at < bytesMax; at++)
        {
            var bits = (ulong)(source[at] & 0x7F);
            if (at == VarlongBytesMax - 1 && bits > 1)
            {
                break; // nine groups hold 63 bits: the tenth has room for one
            }

            value |= bits << (7 * at);
            if (source[at] < 0x80)
            {
                read = at + 1;
                return true;
            }
        }

        value = 0;
        read = 0;
        return false;
    }
}
