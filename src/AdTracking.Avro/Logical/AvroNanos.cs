using System.Globalization;

namespace AdTracking.Avro.Logical;

/// <summary>A timestamp-nanos or local-timestamp-nanos in a generated record: .NET's own times count 100 ns and would lose the last two
/// digits.</summary>
/// <param name="Nanoseconds">Nanoseconds since 1970-01-01T00:00, of UTC or of the local clock as the schema says.</param>
public readonly record struct AvroNanos(long Nanoseconds)
{
    /// <summary>The time as .NET has it, rounded down to 100 ns; for local timestamps the clock's reading, without a zone.</summary>
    public DateTime ToDateTime() => AvroTime.FromNanos(Nanoseconds);

    /// <summary>The moment, rounded down to 100 ns; of a timestamp, not of a local one.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(ToDateTime(), TimeSpan.Zero);

    /// <summary>The nanoseconds of a moment; throws outside 1677-09-21 to 2262-04-11.</summary>
    public static AvroNanos FromDateTimeOffset(DateTimeOffset value) => FromDateTime(value.UtcDateTime);

    /// <summary>The nanoseconds of a clock's reading; throws outside 1677-09-21 to 2262-04-11.</summary>
    public static AvroNanos FromDateTime(DateTime value) => AvroTime.TryNanos(value, out var nanos)
        ? new AvroNanos(nanos)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "64 bits of nanoseconds reach from 1677-09-21 to 2262-04-11.");

    /// <summary>The time in ISO 8601 with nine digits after the point.</summary>
    public override string ToString()
    {
        var rest = ((Nanoseconds % 1_000_000_000) + 1_000_000_000) % 1_000_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{ToDateTime():yyyy-MM-dd'T'HH:mm:ss}.{rest:D9}");
    }
}
