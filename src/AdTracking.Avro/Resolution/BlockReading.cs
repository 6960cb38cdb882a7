using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>What readers of arrays and maps share.</summary>
internal static class BlockReading
{
    /// <summary>The fewest bytes of a map's entry: the key takes one at least.</summary>
    public static int WithKey(int valueBytesMin) => valueBytesMin < int.MaxValue ? valueBytesMin + 1 : valueBytesMin;

    /// <summary>A block that says its size must have it.</summary>
    public static void CheckSize(ref AvroReader reader, int start, int size)
    {
        if (size >= 0 && reader.Position - start != size)
        {
            reader.Fail(AvroReadError.BlockSizeMismatch);
        }
    }
}
