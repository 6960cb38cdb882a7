namespace AdTracking.Kafka.Protocol;

/// <summary>A broker's word on one batch.</summary>
/// <param name="Topic">The topic's name; null from version 13 on.</param>
/// <param name="TopicId">The topic's id; empty below version 13.</param>
/// <param name="Index">The partition.</param>
/// <param name="Error">0, or why the batch was not acknowledged.</param>
/// <param name="BaseOffset">The offset of the batch's first record; negative when it is not known.</param>
/// <param name="RecordErrors">The records that made the batch fail; empty when the broker does not say.</param>
/// <param name="Message">The broker's own words.</param>
/// <param name="LeaderId">The leader to use from now on (KIP-951); -1 when the broker does not say.</param>
/// <param name="LeaderEpoch">Its epoch.</param>
internal readonly record struct ProducedPartition(
    string? Topic,
    Guid TopicId,
    int Index,
    KafkaError Error,
    long BaseOffset,
    IReadOnlyList<RecordError> RecordErrors,
    string? Message,
    int LeaderId,
    int LeaderEpoch);
