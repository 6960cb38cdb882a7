using System.Buffers.Binary;

namespace AdTracking.Queue;

/// <summary>The hash of Kafka's default partitioner, so that every client computes the same partition for a key.</summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Mix = 0x5bd1e995;

    /// <summary>MurmurHash2 (32 bits) with the seed and the byte order of Kafka's Java clients.</summary>
    public static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ (uint)key.Length;
        while (key.Length >= 4)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(key) * Mix;
            word ^= word >> 24;
            hash = (hash * Mix) ^ (word * Mix);
            key = key[4..];
        }

        if (key.Length == 3)
        {
            hash ^= (uint)key[2] << 16;
        }

        if (key.Length >= 2)
        {
            hash ^= (uint)key[1] << 8;
        }

        if (key.Length >= 1)
        {
            hash = (hash ^ key[0]) * Mix;
        }

        hash = (hash ^ (hash >> 13)) * Mix;
        return hash ^ (hash >> 15);
    }

    /// <summary>The partition of a hash: its sign bit cleared, as Kafka does, modulo the count.</summary>
    public static int Partition(uint hash, int partitionCount) => (int)((hash & 0x7fffffff) % (uint)partitionCount);
}
