namespace AdTracking.Kafka.Protocol;

/// <summary>A partition and its leader.</summary>
/// <param name="Error">0, or why there is none.</param>
/// <param name="Index">The partition's number.</param>
/// <param name="LeaderId">Its leader's node id; -1 when there is none.</param>
/// <param name="LeaderEpoch">How often the leader has changed; -1 where the broker does not say.</param>
internal readonly record struct PartitionMetadata(KafkaError Error, int Index, int LeaderId, int LeaderEpoch);
