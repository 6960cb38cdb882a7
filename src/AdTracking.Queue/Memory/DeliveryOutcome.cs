using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>The outcome of one event of a group.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="ErrorCode">librdkafka's error code, 0 when there was none.</param>
/// <param name="Partition">The partition, -1 while unknown.</param>
/// <param name="Offset">The offset; -1 while unknown, and for a delivery that librdkafka reports without one.</param>
public readonly record struct DeliveryOutcome(EventOutcome Status, EventTopic Topic, short ErrorCode, int Partition, long Offset)
{
    /// <summary>The outcome before there is one.</summary>
    public static DeliveryOutcome None { get; } = new(EventOutcome.Waiting, default, 0, -1, -1);
}
