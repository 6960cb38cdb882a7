using System.Text;

namespace AdTracking.Avro.Schemas;

/// <summary>CRC-64-AVRO, the 64-bit Rabin fingerprint of a schema's Parsing Canonical Form (Avro 1.12, "Schema Fingerprints").</summary>
public static class SchemaFingerprint
{
    private const ulong Empty = 0xC15D213AA4D7A795;
    private static readonly ulong[] Table = MakeTable();

    /// <summary>The fingerprint of a schema.</summary>
    public static ulong Crc64(AvroSchema schema) => Crc64(Encoding.ASCII.GetBytes(ParsingCanonicalForm.Of(schema)));

    /// <summary>The fingerprint of bytes.</summary>
    public static ulong Crc64(ReadOnlySpan<byte> bytes)
    {
        var fingerprint = Empty;
        foreach (var value in bytes)
        {
            fingerprint = (fingerprint >> 8) ^ Table[(byte)(fingerprint ^ value)];
        }

        return fingerprint;
    }

    private static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var entry = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry >> 1) ^ (Empty & (0 - (entry & 1)));
            }

            table[i] = entry;
        }

        return table;
    }
}
