using System.Buffers.Binary;
using System.Numerics;

namespace AdTracking.Kafka.Wire;

/// <summary>CRC-32C (Castagnoli), the check of record batches: the processor's own instruction where there is one.</summary>
internal static class Crc32C
{
    /// <summary>The check value of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return ~crc;
    }
}
