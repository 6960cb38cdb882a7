using System.Buffers.Binary;
using System.Text;

namespace AdTracking.Oracle.Reading;

/// <summary>The partitioner of Kafka's Java client, written down once more so that the gateway's own is not its own judge.</summary>
internal static class Murmur2
{
    private const uint M = 0x5bd1e995;

    public static int Partition(string key, int count) => (int)(Hash(Encoding.UTF8.GetBytes(key)) & 0x7fffffff) % count;

    private static uint Hash(ReadOnlySpan<byte> data)
    {
        var h = 0x9747b28c ^ (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
        {
            var k = BinaryPrimitives.ReadUInt32LittleEndian(data) * M;
            k = (k ^ (k >> 24)) * M;
            h = h * M ^ k;
        }

        if (data.Length > 2)
        {
            h ^= (uint)data[2] << 16;
        }

        if (data.Length > 1)
        {
            h ^= (uint)data[1] << 8;
        }

        if (data.Length > 0)
        {
            h = (h ^ data[0]) * M;
        }

        h = (h ^ (h >> 13)) * M;
        return h ^ (h >> 15);
    }
}
