namespace AdTracking.Avro.Schemas;

/// <summary>The logical types of Avro 1.12. Others are attributes without meaning, as the specification wants it.</summary>
public enum LogicalTypeKind
{
    /// <summary>bytes or fixed: two's complement big endian, unscaled.</summary>
    Decimal,

    /// <summary>bytes: two's complement big endian behind a scale of its own.</summary>
    BigDecimal,

    /// <summary>string (RFC 4122 text) or fixed(16).</summary>
    Uuid,

    /// <summary>int: days since 1970-01-01.</summary>
    Date,

    /// <summary>int: milliseconds since midnight.</summary>
    TimeMillis,

    /// <summary>long: microseconds since midnight.</summary>
    TimeMicros,

    /// <summary>long: milliseconds since 1970-01-01T00:00Z.</summary>
    TimestampMillis,

    /// <summary>long: microseconds since 1970-01-01T00:00Z.</summary>
    TimestampMicros,

    /// <summary>long: nanoseconds since 1970-01-01T00:00Z.</summary>
    TimestampNanos,

    /// <summary>long: milliseconds since 1970-01-01T00:00 in whatever zone is local.</summary>
    LocalTimestampMillis,

    /// <summary>long: microseconds since 1970-01-01T00:00 in whatever zone is local.</summary>
    LocalTimestampMicros,

    /// <summary>long: nanoseconds since 1970-01-01T00:00 in whatever zone is local.</summary>
    LocalTimestampNanos,

    /// <summary>fixed(12): months, days, milliseconds, each an unsigned 32-bit number, little endian.</summary>
    Duration,
}
