namespace AdTracking.Events.Layout;

/// <summary>Limits that hold for every event, whatever its schema and however it came.</summary>
public static class EventLimits
{
    /// <summary>Most entries of <c>ext</c>.</summary>
    public const int ExtEntriesMax = 16;

    /// <summary>Longest key of <c>ext</c>, in bytes of UTF-8.</summary>
    public const int ExtKeyBytesMax = 64;

    /// <summary>Longest value of <c>ext</c>, in bytes of UTF-8.</summary>
    public const int ExtValueBytesMax = 256;

    /// <summary>Longest text where the schema says nothing.</summary>
    public const int TextBytesMax = 1024;

    /// <summary>Most entries of an array where the schema says nothing.</summary>
    public const int ArrayItemsMax = 64;

    /// <summary>Most fields of an event class: two words of presence bits.</summary>
    public const int FieldsMax = 128;

    /// <summary>Highest price that is accepted: 100,000,000 per thousand, in micros (currencies with small units reach millions).</summary>
    public const long MoneyMicrosMax = 100_000_000L * 1_000_000L;

    /// <summary>2000-01-01: an earlier time is a unit mistake (seconds for milliseconds) or a clock that was never set.</summary>
    public const long TimestampMsMin = 946_684_800_000;

    /// <summary>2100-01-01: a later time is a unit mistake (micros for milliseconds).</summary>
    public const long TimestampMsMax = 4_102_444_800_000;

    /// <summary>One event as it arrives, in bytes.</summary>
    public const int EventBytesMax = 32 * 1024;

    /// <summary>Events of one body.</summary>
    public const int BatchEventsMax = 1000;

    /// <summary>Nesting of JSON, counted as RFC 8259 objects and arrays that are open.</summary>
    public const int JsonDepthMax = 8;

    /// <summary>Scratch memory, in addition to the source, that is enough for what the gateway adds: addresses, user agents, referers, ids.</summary>
    public const int EdgeScratchBytes = 16 * 1024;
}
