using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AdTracking.Queue.Journal.Format;

/// <summary>CRC32C (RFC 3720) seeded with a number, the batch's id: bytes of another batch do not pass for this one's.</summary>
internal static class Checksum
{
    /// <summary>The checksum of one stretch of bytes.</summary>
    public static uint Of(ulong seed, ReadOnlySpan<byte> bytes) => ~Continue(Begin(seed), bytes);

    /// <summary>The checksum of two stretches that follow each other.</summary>
    public static uint Of(ulong seed, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        ~Continue(Continue(Begin(seed), first), second);

    private static uint Begin(ulong seed) => BitOperations.Crc32C(uint.MaxValue, seed);

    // Fully optimised from its first call on: a start goes through all headers before tiering would have done it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        ref var at = ref MemoryMarshal.GetReference(bytes);
        var count = bytes.Length;
        var i = 0;
        for (; i <= count - sizeof(ulong); i += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, i)));
        }

        for (; i < count; i++)
        {
            crc = BitOperations.Crc32C(crc, Unsafe.Add(ref at, i));
        }

        return crc;
    }
}
