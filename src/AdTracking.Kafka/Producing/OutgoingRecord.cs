using AdTracking.Kafka.Records;

namespace AdTracking.Kafka.Producing;

/// <summary>A record to be sent. Its key and value stay in the caller's memory, unchanged, until its report.</summary>
internal unsafe struct OutgoingRecord
{
    /// <summary>The key.</summary>
    public byte* Key;

    /// <summary>Its length; -1 for null.</summary>
    public int KeyLength;

    /// <summary>The value's length; -1 for null.</summary>
    public int ValueLength;

    /// <summary>The value.</summary>
    public byte* Value;

    /// <summary>Milliseconds since 1970.</summary>
    public long TimestampMs;

    /// <summary>What the caller knows it by.</summary>
    public ulong Opaque;

    /// <summary>Its headers; null for none.</summary>
    public RecordHeaders? Headers;

    /// <summary>The most bytes that it takes in a batch.</summary>
    internal readonly int BytesMax => RecordBatchWriter.RecordBytesMax(KeyLength, ValueLength, Headers ?? RecordHeaders.None);

    /// <summary>Writes it into a batch.</summary>
    internal readonly void AppendTo(RecordBatchWriter batch) => batch.Append(
        TimestampMs,
        new ReadOnlySpan<byte>(Key, Math.Max(0, KeyLength)),
        KeyLength < 0,
        new ReadOnlySpan<byte>(Value, Math.Max(0, ValueLength)),
        ValueLength < 0,
        Headers ?? RecordHeaders.None);
}
