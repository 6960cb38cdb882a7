namespace AdTracking.Kafka.Client.Testing;

/// <summary>A record as it was read from a batch.</summary>
internal sealed record ReadRecord(long TimestampMs, byte[]? Key, byte[]? Value, IReadOnlyList<KeyValuePair<string, byte[]?>> Headers);
