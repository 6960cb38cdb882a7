using System.Buffers.Binary;

namespace AdTracking.Testing;

/// <summary>Kafka values in a file, for readers in other languages: each preceded by its length, 4 bytes, big-endian.</summary>
public static class FrameFile
{
    /// <summary>Writes the values in their order.</summary>
    public static void Write(string path, IEnumerable<byte[]> values)
    {
        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            file.Write(length);
            file.Write(value);
        }
    }
}
