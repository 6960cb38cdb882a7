using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Logical;

/// <summary>Logical types on the writer. A value that its type cannot hold makes the writer fail. Nothing is rounded silently except times.</summary>
public static class AvroWriterLogicalTypes
{
    private const int UuidTextLength = 36;

    /// <summary>uuid on string: 36 characters, lower case.</summary>
    public static void WriteUuid(this ref AvroWriter writer, Guid value)
    {
        Span<byte> text = stackalloc byte[UuidTextLength];
        _ = value.TryFormat(text, out var length, "D");
        writer.WriteStringUtf8(text[..length]);
    }

    /// <summary>uuid on fixed(16): big endian, in the order of the text.</summary>
    public static void WriteUuidFixed(this ref AvroWriter writer, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = value.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.WriteFixed(bytes);
    }

    /// <summary>decimal on bytes; fails where the value is not exact at the scale.</summary>
    public static void WriteDecimal(this ref AvroWriter writer, decimal value, int scale)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!AvroDecimal.TryUnscaled(value, scale, out var unscaled))
        {
            writer.Fail();
            return;
        }

        bytes = bytes[..AvroDecimal.LengthOf(unscaled)];
        _ = AvroDecimal.TryWrite(bytes, unscaled);
        writer.WriteBytes(bytes);
    }

    /// <summary>decimal on fixed; fails where the value is not exact at the scale or too large for the size.</summary>
    public static void WriteDecimalFixed(this ref AvroWriter writer, decimal value, int scale, int size)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!AvroDecimal.TryUnscaled(value, scale, out var unscaled) || AvroDecimal.LengthOf(unscaled) > size)
        {
            writer.Fail();
            return;
        }

        // A fixed may be wider than the number: the sign goes in front.
        var narrow = Math.Min(size, bytes.Length);
        _ = AvroDecimal.TryWrite(bytes[..narrow], unscaled);
        ReadOnlySpan<byte> sign = [bytes[0] >= 0x80 ? (byte)0xFF : (byte)0];
        for (var i = narrow; i < size; i++)
        {
            writer.WriteFixed(sign);
        }

        writer.WriteFixed(bytes[..narrow]);
    }

    /// <summary>decimal on bytes; fails also where the value has more digits than the schema's precision.</summary>
    public static void WriteDecimal(this ref AvroWriter writer, decimal value, int scale, int precision)
    {
        if (AvroDecimal.Fits(value, scale, precision))
        {
            writer.WriteDecimal(value, scale);
        }
        else
        {
            writer.Fail();
        }
    }

    /// <summary>decimal on fixed; fails also where the value has more digits than the schema's precision.</summary>
    public static void WriteDecimalFixed(this ref AvroWriter writer, decimal value, int scale, int size, int precision)
    {
        if (AvroDecimal.Fits(value, scale, precision))
        {
            writer.WriteDecimalFixed(value, scale, size);
        }
        else
        {
            writer.Fail();
        }
    }

    /// <summary>date.</summary>
    public static void WriteDate(this ref AvroWriter writer, DateOnly value) => writer.WriteInt(AvroTime.ToDays(value));

    /// <summary>time-millis.</summary>
    public static void WriteTimeMillis(this ref AvroWriter writer, TimeOnly value) =>
        writer.WriteInt((int)AvroTime.ToUnits(value, TimeSpan.TicksPerMillisecond));

    /// <summary>time-micros.</summary>
    public static void WriteTimeMicros(this ref AvroWriter writer, TimeOnly value) =>
        writer.WriteLong(AvroTime.ToUnits(value, TimeSpan.TicksPerMicrosecond));

    /// <summary>timestamp-millis.</summary>
    public static void WriteTimestampMillis(this ref AvroWriter writer, DateTimeOffset value) =>
        writer.WriteLong(AvroTime.ToUnits(value.UtcDateTime, TimeSpan.TicksPerMillisecond));

    /// <summary>timestamp-micros.</summary>
    public static void WriteTimestampMicros(this ref AvroWriter writer, DateTimeOffset value) =>
        writer.WriteLong(AvroTime.ToUnits(value.UtcDateTime, TimeSpan.TicksPerMicrosecond));

    /// <summary>timestamp-nanos; fails outside 1677-09-21 to 2262-04-11.</summary>
    public static void WriteTimestampNanos(this ref AvroWriter writer, DateTimeOffset value) =>
        writer.WriteLocalTimestampNanos(value.UtcDateTime);

    /// <summary>local-timestamp-millis: the clock's reading, whatever the zone.</summary>
    public static void WriteLocalTimestampMillis(this ref AvroWriter writer, DateTime value) =>
        writer.WriteLong(AvroTime.ToUnits(value, TimeSpan.TicksPerMillisecond));

    /// <summary>local-timestamp-micros.</summary>
    public static void WriteLocalTimestampMicros(this ref AvroWriter writer, DateTime value) =>
        writer.WriteLong(AvroTime.ToUnits(value, TimeSpan.TicksPerMicrosecond));

    /// <summary>local-timestamp-nanos; fails outside 1677-09-21 to 2262-04-11.</summary>
    public static void WriteLocalTimestampNanos(this ref AvroWriter writer, DateTime value)
    {
        if (AvroTime.TryNanos(value, out var nanos))
        {
            writer.WriteLong(nanos);
        }
        else
        {
            writer.Fail();
        }
    }

    /// <summary>timestamp-nanos or local-timestamp-nanos, exactly.</summary>
    public static void WriteNanos(this ref AvroWriter writer, AvroNanos value) => writer.WriteLong(value.Nanoseconds);

    /// <summary>duration.</summary>
    public static void WriteDuration(this ref AvroWriter writer, AvroDuration value)
    {
        Span<byte> bytes = stackalloc byte[AvroDuration.Size];
        _ = value.TryWrite(bytes, out _);
        writer.WriteFixed(bytes);
    }
}
