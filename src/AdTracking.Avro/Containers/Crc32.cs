namespace AdTracking.Avro.Containers;

/// <summary>CRC-32 of zip (reflected polynomial EDB88320), which follows Snappy blocks; .NET itself includes none.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ Table[(byte)(crc ^ value)];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry >> 1) ^ (0xEDB88320 & (0 - (entry & 1)));
            }

            table[i] = entry;
        }

        return table;
    }
}
