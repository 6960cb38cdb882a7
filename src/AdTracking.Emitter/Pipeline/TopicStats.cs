using AdTracking.Queue;

namespace AdTracking.Emitter.Pipeline;

/// <summary>The account of one topic, in events since the start: accepted = delivered + refused + unknown + waiting.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Accepted">Taken at the door.</param>
/// <param name="Delivered">Acknowledged by Kafka.</param>
/// <param name="Refused">Refused by Kafka for good.</param>
/// <param name="Unknown">Left open by a producer that died; repeated by their senders.</param>
public readonly record struct TopicStats(EventTopic Topic, long Accepted, long Delivered, long Refused, long Unknown)
{
    /// <summary>In the queue or on the way.</summary>
    public long Waiting => Accepted - Delivered - Refused - Unknown;
}
