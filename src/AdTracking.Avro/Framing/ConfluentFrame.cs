using System.Buffers.Binary;
using AdTracking.Avro.Records;

namespace AdTracking.Avro.Framing;

/// <summary>Confluent's wire format, in front of every Kafka value: a zero byte, the schema's id in the registry as four bytes big endian,
/// then the Avro binary.</summary>
public static class ConfluentFrame
{
    /// <summary>Bytes in front of the Avro binary.</summary>
    public const int HeaderLength = 5;

    private const byte Magic = 0;

    /// <summary>Writes the header; <paramref name="destination"/> has room for <see cref="HeaderLength"/> bytes.</summary>
    public static void Write(Span<byte> destination, int schemaId)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination[1..HeaderLength], schemaId);
        destination[0] = Magic;
    }

    /// <summary>Writes header and record. False when they do not fit; allocates nothing.</summary>
    public static bool TryEncode<T>(T record, int schemaId, Span<byte> destination, out int written)
        where T : IAvroRecord<T>
    {
        written = 0;
        if (destination.Length < HeaderLength || !AvroRecord.TryEncode(record, destination[HeaderLength..], out var length))
        {
            return false;
        }

        Write(destination, schemaId);
        written = HeaderLength + length;
        return true;
    }

    /// <summary>Reads the header; false where there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out int schemaId, out ReadOnlySpan<byte> payload)
    {
        if (source.Length < HeaderLength || source[0] != Magic)
        {
            schemaId = 0;
            payload = default;
            return false;
        }

        schemaId = BinaryPrimitives.ReadInt32BigEndian(source[1..HeaderLength]);
        payload = source[HeaderLength..];
        return true;
    }
}
