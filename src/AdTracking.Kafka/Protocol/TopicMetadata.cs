namespace AdTracking.Kafka.Protocol;

/// <summary>A topic and its partitions.</summary>
/// <param name="Error">0, or why nothing is known of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id: another one after the topic was deleted and created again. Empty where the broker does not say.</param>
/// <param name="Partitions">Its partitions, in the order of the answer.</param>
internal sealed record TopicMetadata(KafkaError Error, string Name, Guid Id, IReadOnlyList<PartitionMetadata> Partitions);
