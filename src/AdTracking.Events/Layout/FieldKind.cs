namespace AdTracking.Events.Layout;

/// <summary>What a field holds: decides how it is read from text and written as Avro.</summary>
public enum FieldKind : byte
{
    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>32-bit integer.</summary>
    Int,

    /// <summary>64-bit integer.</summary>
    Long,

    /// <summary>Milliseconds since 1970 UTC; arrives as ISO 8601 text or as that number.</summary>
    TimestampMillis,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of <see cref="FieldRule.Symbols"/>, by name.</summary>
    Enum,

    /// <summary>Array of 32-bit integers.</summary>
    IntArray,

    /// <summary>Map of text to text: the place of unknown fields.</summary>
    StringMap,

    /// <summary>Money in millionths, a long; has a second, decimal name (<see cref="FieldRule.DecimalName"/>).</summary>
    MoneyMicros,
}
