namespace AdTracking.Kafka.Protocol;

/// <summary>An offset that was asked for.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Error">0, or why it is not known.</param>
/// <param name="Timestamp">The record's time, when a time was asked for; otherwise -1.</param>
/// <param name="Offset">The offset; -1 when there is no such record.</param>
internal readonly record struct ListedOffset(string Topic, int Partition, KafkaError Error, long Timestamp, long Offset);
