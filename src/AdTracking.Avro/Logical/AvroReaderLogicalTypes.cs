using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Logical;

/// <summary>Logical types on the reader. What its type or .NET cannot hold is <see cref="AvroReadError.BadLogicalValue"/>.</summary>
public static class AvroReaderLogicalTypes
{
    private const int UuidTextLength = 36;

    /// <summary>uuid on string: only the 36-character form.</summary>
    public static Guid ReadUuid(this ref AvroReader reader)
    {
        var text = reader.ReadStringUtf8();
        Span<char> chars = stackalloc char[UuidTextLength];
        var fits = text.Length == UuidTextLength && System.Text.Ascii.ToUtf16(text, chars, out _) == System.Buffers.OperationStatus.Done;
        return Checked(ref reader, fits & Guid.TryParseExact(chars, "D", out var value), value);
    }

    /// <summary>uuid on fixed(16).</summary>
    public static Guid ReadUuidFixed(this ref AvroReader reader)
    {
        var bytes = reader.ReadFixed(16);
        return reader.Failed ? default : new Guid(bytes, bigEndian: true);
    }

    /// <summary>decimal on bytes.</summary>
    public static decimal ReadDecimal(this ref AvroReader reader, int scale) => Decimal(ref reader, reader.ReadBytes(), scale);

    /// <summary>decimal on fixed.</summary>
    public static decimal ReadDecimalFixed(this ref AvroReader reader, int scale, int size) =>
        Decimal(ref reader, reader.ReadFixed(size), scale);

    /// <summary>date.</summary>
    public static DateOnly ReadDate(this ref AvroReader reader) =>
        Checked(ref reader, AvroTime.TryDate(reader.ReadInt(), out var value), value);

    /// <summary>time-millis.</summary>
    public static TimeOnly ReadTimeMillis(this ref AvroReader reader) =>
        Checked(ref reader, AvroTime.TryTime(reader.ReadInt(), TimeSpan.TicksPerMillisecond, out var value), value);

    /// <summary>time-micros.</summary>
    public static TimeOnly ReadTimeMicros(this ref AvroReader reader) =>
        Checked(ref reader, AvroTime.TryTime(reader.ReadLong(), TimeSpan.TicksPerMicrosecond, out var value), value);

    /// <summary>timestamp-millis.</summary>
    public static DateTimeOffset ReadTimestampMillis(this ref AvroReader reader) => Utc(reader.ReadLocalTimestampMillis());

    /// <summary>timestamp-micros.</summary>
    public static DateTimeOffset ReadTimestampMicros(this ref AvroReader reader) => Utc(reader.ReadLocalTimestampMicros());

    /// <summary>timestamp-nanos, rounded down to 100 ns.</summary>
    public static DateTimeOffset ReadTimestampNanos(this ref AvroReader reader) => Utc(reader.ReadLocalTimestampNanos());

    /// <summary>local-timestamp-millis.</summary>
    public static DateTime ReadLocalTimestampMillis(this ref AvroReader reader) =>
        Checked(ref reader, AvroTime.TryDateTime(reader.ReadLong(), TimeSpan.TicksPerMillisecond, out var value), value);

    /// <summary>local-timestamp-micros.</summary>
    public static DateTime ReadLocalTimestampMicros(this ref AvroReader reader) =>
        Checked(ref reader, AvroTime.TryDateTime(reader.ReadLong(), TimeSpan.TicksPerMicrosecond, out var value), value);

    /// <summary>local-timestamp-nanos, rounded down to 100 ns.</summary>
    public static DateTime ReadLocalTimestampNanos(this ref AvroReader reader) => AvroTime.FromNanos(reader.ReadLong());

    /// <summary>timestamp-nanos or local-timestamp-nanos, exactly.</summary>
    public static AvroNanos ReadNanos(this ref AvroReader reader) => new(reader.ReadLong());

    /// <summary>duration.</summary>
    public static AvroDuration ReadDuration(this ref AvroReader reader)
    {
        _ = AvroDuration.TryRead(reader.ReadFixed(AvroDuration.Size), out var value);
        return value;
    }

    private static DateTimeOffset Utc(DateTime value) => new(value, TimeSpan.Zero);

    private static decimal Decimal(ref AvroReader reader, ReadOnlySpan<byte> bytes, int scale)
    {
        decimal value = 0;
        var fits = AvroDecimal.TryRead(bytes, out var unscaled) && AvroDecimal.TryDecimal(unscaled, scale, out value);
        return Checked(ref reader, fits, value);
    }

    private static T Checked<T>(ref AvroReader reader, bool fits, T value)
        where T : struct
    {
        if (fits)
        {
            return value;
        }

        reader.Fail(AvroReadError.BadLogicalValue);
        return default;
    }
}
