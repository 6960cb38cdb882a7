using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>One partition of Kafka's log.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition's number.</param>
internal readonly record struct LogPartition(EventTopic Topic, int Partition);
