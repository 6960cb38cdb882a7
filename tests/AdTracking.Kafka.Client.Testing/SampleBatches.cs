using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Testing;

/// <summary>Batches to write and to find again.</summary>
internal static class SampleBatches
{
    /// <summary>One batch, as the producer writes it.</summary>
    public static byte[] Write(RecordCompression compression, BatchIdentity identity, IEnumerable<ReadRecord> records)
    {
        using var writer = new RecordBatchWriter(compression);
        using var buffer = new WireBuffer(16);
        buffer.Append("before"u8); // a batch need not be the first thing in its buffer
        writer.Begin(buffer);
        foreach (var record in records)
        {
            Append(writer, record);
        }

        var bytes = writer.End(identity);
        return buffer.Written[^bytes..].ToArray();
    }

    /// <summary>Four records: nulls, empties, long ones, headers, times that go back.</summary>
    public static ReadRecord[] Four() =>
    [
        new(1_700_000_000_000, "key"u8.ToArray(), "value"u8.ToArray(), []),
        new(1_700_000_000_123, null, [], []),
        new(1_699_999_990_000, [], null, []),
        new(1_700_000_100_000, Many(200, 1), Many(20_000, 2),
        [
            KeyValuePair.Create("trace", (byte[]?)"ab"u8.ToArray()), KeyValuePair.Create("empty", (byte[]?)[]),
            KeyValuePair.Create("none", (byte[]?)null), KeyValuePair.Create("trace", (byte[]?)Many(70, 3)),
        ]),
    ];

    /// <summary>Appends a record to a writer.</summary>
    public static void Append(RecordBatchWriter writer, ReadRecord record) => writer.Append(
        record.TimestampMs, record.Key, record.Key is null, record.Value, record.Value is null, RecordHeaders.Of([.. record.Headers]));

    /// <summary>Bytes that differ by their place.</summary>
    public static byte[] Many(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + seed))];
}
