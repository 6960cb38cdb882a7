using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AdTracking.Events.Scanning;

/// <summary>Searches the bytes of JSON strings, 32 at a time.</summary>
internal static class JsonStringBytes
{
    /// <summary>Length of the escape sequence at a backslash, or 0.</summary>
    public static int EscapeLength(ReadOnlySpan<byte> source, int at)
    {
        if (at + 1 >= source.Length)
        {
            return 0;
        }

        switch (source[at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return 2;
            case (byte)'u':
                if (at + 6 > source.Length)
                {
                    return 0;
                }

                foreach (var digit in source.Slice(at + 2, 4))
                {
                    if (!char.IsAsciiHexDigit((char)digit))
                    {
                        return 0;
                    }
                }

                return 6;
            default:
                return 0;
        }
    }

    /// <summary>Where the next quote, backslash, control or non-ASCII byte is, or the end of the text.</summary>
    public static int SpecialByteAt(ReadOnlySpan<byte> source, int at)
    {
        ref var bytes = ref MemoryMarshal.GetReference(source);
        while (source.Length - at >= Vector256<byte>.Count)
        {
            var mask = Special(Vector256.LoadUnsafe(ref bytes, (nuint)at));
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }

            at += Vector256<byte>.Count;
        }

        while (at < source.Length && source[at] is >= 0x20 and < 0x80 and not (byte)'"' and not (byte)'\\')
        {
            at++;
        }

        return at;
    }

    /// <summary>One bit per byte that is a quote, a backslash, below 0x20 or above 0x7F (as signed bytes: all below 0x20).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Special(Vector256<byte> bytes) =>
        (Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()
            | Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();

    /// <summary>Where the next ASCII byte stands, or the end of the text.</summary>
    public static int AsciiAt(ReadOnlySpan<byte> source, int at)
    {
        var length = source[at..].IndexOfAnyInRange((byte)0, (byte)0x7F);
        return length < 0 ? source.Length : at + length;
    }
}
