using System.Buffers.Binary;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Framing;

/// <summary>Avro's single-object encoding: the marker C3 01, the CRC-64-AVRO fingerprint of the schema as eight bytes little endian, then
/// the Avro binary.</summary>
public static class SingleObjectFrame
{
    /// <summary>Bytes in front of the Avro binary.</summary>
    public const int HeaderLength = 10;

    private const ushort Marker = 0x01C3; // C3 01, read little endian

    /// <summary>Writes the header; <paramref name="destination"/> has room for <see cref="HeaderLength"/> bytes.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="fingerprint"><see cref="SchemaFingerprint.Crc64(AvroSchema)"/> of the schema.</param>
    public static void Write(Span<byte> destination, ulong fingerprint)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination[2..HeaderLength], fingerprint);
        BinaryPrimitives.WriteUInt16LittleEndian(destination, Marker);
    }

    /// <summary>Reads the header; false where there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ulong fingerprint, out ReadOnlySpan<byte> payload)
    {
        if (source.Length < HeaderLength || BinaryPrimitives.ReadUInt16LittleEndian(source) != Marker)
        {
            fingerprint = 0;
            payload = default;
            return false;
        }

        fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(source[2..]);
        payload = source[HeaderLength..];
        return true;
    }
}
