using AdTracking.Queue;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>What the mark of a batch or a note says: per topic and partition an offset that was acknowledged before the first of the batch's
/// events was handed over, so that all of them can only have higher ones. Not changed once it is made: batches share it.</summary>
internal sealed class JournalMark : IEquatable<JournalMark>
{
    /// <summary>No bound is known for the partition.</summary>
    public const long Unknown = long.MinValue;

    /// <summary>Takes the topics as they are.</summary>
    public JournalMark(IReadOnlyList<TopicMark> topics) => Topics = topics;

    /// <summary>A mark that bounds nothing.</summary>
    public static JournalMark Empty { get; } = new([]);

    /// <summary>The topics that something is known about.</summary>
    public IReadOnlyList<TopicMark> Topics { get; }

    /// <summary>The topic's part, or null.</summary>
    public TopicMark? Find(EventTopic topic)
    {
        foreach (var mark in Topics)
        {
            if (mark.Topic == topic)
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>The bound for a partition, or <see cref="Unknown"/>.</summary>
    public long OffsetOf(EventTopic topic, int partition) =>
        Find(topic) is { } mark && (uint)partition < (uint)mark.Offsets.Length ? mark.Offsets[partition] : Unknown;

    /// <inheritdoc/>
    public bool Equals(JournalMark? other) => other is not null && (ReferenceEquals(this, other) || Topics.SequenceEqual(other.Topics));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JournalMark);

    /// <inheritdoc/>
    public override int GetHashCode() => Topics.Count == 0 ? 0 : Topics[0].GetHashCode();
}
