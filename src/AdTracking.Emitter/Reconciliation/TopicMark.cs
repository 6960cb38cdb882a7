using AdTracking.Queue;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>One topic of a <see cref="JournalMark"/>.</summary>
/// <param name="Topic">Which of our topics.</param>
/// <param name="Name">Its name in Kafka when the mark was taken.</param>
/// <param name="TopicId">Kafka's id of it, empty when the broker gave none: a topic that was made anew under its name has another.</param>
/// <param name="Offsets">By partition: events that the mark bounds get offsets above this one. <see cref="JournalMark.Unknown"/> where no
/// bound is known; -1 bounds everything.</param>
internal sealed record TopicMark(EventTopic Topic, string Name, Guid TopicId, long[] Offsets)
{
    /// <summary>Equal when all of it is, offset by offset.</summary>
    public bool Equals(TopicMark? other) =>
        other is not null && Topic == other.Topic && Name == other.Name && TopicId == other.TopicId
        && Offsets.AsSpan().SequenceEqual(other.Offsets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Name, TopicId, Offsets.Length);
}
