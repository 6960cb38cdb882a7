namespace AdTracking.Testing;

/// <summary>A record as it lies in Kafka.</summary>
public sealed record TopicRecord(string Topic, int Partition, long Offset, byte[] Key, byte[] Value, DateTime Timestamp, int HeaderCount = 0);
