using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>The partitions of all topics, from metadata: librdkafka is never given a number that metadata did not name. Immutable; when a
/// topic grows, a new table holds the old states and the new ones, so that indexes stay valid for ever.</summary>
internal sealed class PartitionTable
{
    private readonly IReadOnlyCollection<EventTopic> _required;
    private readonly PartitionState[] _all;
    private readonly PartitionState[][] _byTopic;

    private PartitionTable(IReadOnlyCollection<EventTopic> required, PartitionState[] all, PartitionState[][] byTopic)
    {
        _required = required;
        _all = all;
        _byTopic = byTopic;
        IsComplete = required.All(Has);
    }

    /// <summary>No partitions at all, and all topics are written to.</summary>
    public static PartitionTable Empty { get; } = Requiring(EventTopics.Written);

    /// <summary>Every partition ever seen, by index.</summary>
    public ReadOnlySpan<PartitionState> All => _all;

    /// <summary>Whether every topic that is written to has partitions.</summary>
    public bool IsComplete { get; }

    /// <summary>The topics that are written to and have no partitions.</summary>
    public IEnumerable<EventTopic> Missing => _required.Where(topic => !Has(topic));

    /// <summary>Partitions of the three event topics.</summary>
    public int EventPartitions => _byTopic[0].Length + _byTopic[1].Length + _byTopic[2].Length;

    /// <summary>No partitions, and these topics are written to.</summary>
    public static PartitionTable Requiring(IReadOnlyCollection<EventTopic> topics) => new(topics, [], [[], [], [], [], [], []]);

    /// <summary>Whether a topic has partitions. One that is not written to has none where Kafka does not know it; only a journal that an
    /// earlier run left can hold events of it.</summary>
    public bool Has(EventTopic topic) => _byTopic[(int)topic].Length > 0;

    /// <summary>Partitions of a topic.</summary>
    public int Count(EventTopic topic) => _byTopic[(int)topic].Length;

    /// <summary>Where an event goes, of a topic that has partitions.</summary>
    public PartitionState Locate(EventTopic topic, uint keyHash)
    {
        var partitions = _byTopic[(int)topic];
        return partitions[Murmur2.Partition(keyHash, partitions.Length)];
    }

    /// <summary>Whether an event of a group belongs to a partition that takes nothing.</summary>
    public bool HasStalled(GroupBuffer group)
    {
        var events = group.Events;
        while (events.MoveNext())
        {
            if (Locate(events.Event.Topic, events.Event.KeyHash).Stalled)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a mark: the offset that each partition has acknowledged by now. An event that is first handed over after that cannot
    /// get an offset at or below its partition's entry.</summary>
    public void Take(BlockMark mark)
    {
        var offsets = mark.Prepare(_all.Length);
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = _all[i].AckedOffset;
        }

        mark.Take(offsets.Length);
    }

    /// <summary>A table with these counts (0: as before), or this one when nothing changed.</summary>
    public PartitionTable With(ReadOnlySpan<int> counts)
    {
        var all = new List<PartitionState>(_all);
        var byTopic = new PartitionState[EventTopics.Count][];
        var changed = false;
        for (var topic = 0; topic < byTopic.Length; topic++)
        {
            var had = _byTopic[topic].Length;
            var count = counts[topic] == 0 ? had : counts[topic];
            changed |= count != had;
            byTopic[topic] = new PartitionState[count];
            for (var partition = 0; partition < count; partition++)
            {
                byTopic[topic][partition] = Find((EventTopic)topic, partition, all);
            }
        }

        return changed ? new PartitionTable(_required, [.. all], byTopic) : this;
    }

    private static PartitionState Find(EventTopic topic, int partition, List<PartitionState> all)
    {
        foreach (var known in all)
        {
            if (known.Topic == topic && known.Partition == partition)
            {
                return known;
            }
        }

        var state = new PartitionState(topic, partition, all.Count);
        all.Add(state);
        return state;
    }
}
