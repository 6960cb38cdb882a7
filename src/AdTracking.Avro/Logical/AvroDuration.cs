using System.Buffers.Binary;

namespace AdTracking.Avro.Logical;

/// <summary>Avro's duration: three numbers that do not convert into each other, because months and days have no fixed length.</summary>
/// <param name="Months">Months.</param>
/// <param name="Days">Days.</param>
/// <param name="Millis">Milliseconds.</param>
public readonly record struct AvroDuration(uint Months, uint Days, uint Millis)
{
    /// <summary>Bytes of the fixed.</summary>
    public const int Size = 12;

    /// <summary>Writes the fixed.</summary>
    public bool TryWrite(Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < Size)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination, Months);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Days);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Millis);
        written = Size;
        return true;
    }

    /// <summary>Reads the fixed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out AvroDuration value)
    {
        value = default;
        if (source.Length < Size)
        {
            return false;
        }

        value = new AvroDuration(
            BinaryPrimitives.ReadUInt32LittleEndian(source),
            BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[8..]));
        return true;
    }
}
