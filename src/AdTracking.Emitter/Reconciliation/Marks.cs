using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>Makes the marks of batches and notes from offsets by the partitions' index.</summary>
internal sealed class Marks(PartitionMap map, TopicNames names) : IMarks
{
    private readonly Lock _lock = new();
    private Guid[] _topicIds = new Guid[EventTopics.Count];

    /// <summary>Says what id Kafka has for a topic; empty when it cannot tell now, which changes nothing.</summary>
    public void SetTopicId(EventTopic topic, Guid id)
    {
        lock (_lock)
        {
            if (id == Guid.Empty || id == _topicIds[(int)topic])
            {
                return;
            }

            // A new array: half of an id in a mark would say that the topic was made anew, and its events would be sent without a look.
            Guid[] ids = [.. _topicIds];
            ids[(int)topic] = id;
            Volatile.Write(ref _topicIds, ids);
        }
    }

    /// <summary>Asks Kafka for the ids of all topics. Brokers that cannot say them take their time to say nothing: those are asked once.</summary>
    public void ReadTopicIds(IKafkaLog log, int timeoutMs)
    {
        foreach (var topic in EventTopics.Written.Where(map.Current.Has))
        {
            var id = log.TopicId(topic, timeoutMs);
            if (id == Guid.Empty)
            {
                return;
            }

            SetTopicId(topic, id);
        }
    }

    /// <summary>Kafka's id of a topic, as far as it is known.</summary>
    public Guid TopicId(EventTopic topic) => Volatile.Read(ref _topicIds)[(int)topic];

    /// <inheritdoc/>
    public void TakeNow(BlockMark mark) => map.Current.Take(mark);

    /// <inheritdoc/>
    public BatchMark Make(BlockMark now) => Make(now.Offsets, int.MaxValue);

    /// <inheritdoc/>
    public BatchMark MakeLowest(BlockMark now, IReadOnlyList<BlockMark> blocks)
    {
        var offsets = now.Offsets.ToArray();
        var partitions = int.MaxValue;
        foreach (var block in blocks)
        {
            Lower(offsets, block);
            partitions = Math.Min(partitions, block.Count);
        }

        return Make(offsets, partitions);
    }

    // To those of a block.
    private void Lower(Span<long> offsets, BlockMark block)
    {
        var bounds = block.Offsets;
        var partitions = map.Current.All;
        for (var i = 0; i < offsets.Length; i++)
        {
            // A partition that is younger than the block's mark: whatever we sent there is above the offset that it was listed with.
            var bound = i < bounds.Length ? bounds[i] : partitions[i].ListedOffset;
            offsets[i] = Math.Min(offsets[i], bound);
        }
    }

    // The mark with these offsets, for events that were handed over while there were only so many partitions. A topic that has grown since
    // is named with the number that it had: its events may be in other partitions than they would be sent to now, and settling has to see
    // that.
    private BatchMark Make(ReadOnlySpan<long> offsets, int partitions)
    {
        var table = map.Current;
        var topics = new List<TopicMark>();
        for (var i = 0; i < EventTopics.Count; i++)
        {
            var topic = (EventTopic)i;
            var count = CountAmong(table, topic, partitions);
            if (count == 0)
            {
                continue;
            }

            var byPartition = new long[count];
            Array.Fill(byPartition, JournalMark.Unknown);
            topics.Add(new TopicMark(topic, names[topic], TopicId(topic), byPartition));
        }

        for (var i = 0; i < offsets.Length; i++)
        {
            var partition = table.All[i];
            var topic = topics.Find(mark => mark.Topic == partition.Topic);
            if (topic is not null && partition.Partition < topic.Offsets.Length)
            {
                topic.Offsets[partition.Partition] = offsets[i];
            }
        }

        return MarkCodec.Encode(new JournalMark(topics));
    }

    private static int CountAmong(PartitionTable table, EventTopic topic, int partitions)
    {
        if (partitions >= table.All.Length)
        {
            return table.Count(topic);
        }

        var count = 0;
        foreach (var partition in table.All[..partitions])
        {
            count += partition.Topic == topic ? 1 : 0;
        }

        return count;
    }
}
