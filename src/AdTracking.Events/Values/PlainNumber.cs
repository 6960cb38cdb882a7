using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AdTracking.Events.Values;

/// <summary>Plain digits to a number, eight at a time.</summary>
internal static class PlainNumber
{
    /// <summary>Bytes that must be readable from the first digit.</summary>
    public const int BytesRead = 16;

    /// <summary>Reads 1 to 15 digits without a leading zero.</summary>
    /// <param name="start">The first digit; 16 bytes are readable from here.</param>
    /// <param name="value">The number.</param>
    /// <returns>How many digits there are, or 0 for anything else.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte start, out long value)
    {
        var digits = Vector128.LoadUnsafe(ref start) - Vector128.Create((byte)'0');
        var count = BitOperations.TrailingZeroCount(Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits() | 0x10000);
        value = 0;
        if (count is 0 or 16 || (start == '0' && count > 1))
        {
            return 0;
        }

        if (count <= 8)
        {
            value = (long)Eight(Unsafe.ReadUnaligned<ulong>(ref start) << (64 - (8 * count)));
        }
        else
        {
            // The last eight, and what stands before them.
            var high = Eight(Unsafe.ReadUnaligned<ulong>(ref start) << (64 - (8 * (count - 8))));
            value = (long)((high * 100_000_000) + Eight(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, count - 8))));
        }

        return count;
    }

    /// <summary>Eight digits, the first in the lowest byte; shifted-in zero bytes count as zeros (0x00 and 0x30 have the same low half).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ulong text)
    {
        var digits = text & 0x0F0F0F0F0F0F0F0FUL;
        var pairs = (digits * 10) + (digits >> 8);
        return (((pairs & 0x000000FF000000FFUL) * 0x000F424000000064UL) + ((pairs >> 16 & 0x000000FF000000FFUL) * 0x0000271000000001UL)) >> 32;
    }
}
