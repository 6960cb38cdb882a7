namespace AdTracking.Emitter;

/// <summary>Makes the marks of batches and notes from offsets by the partitions' index.</summary>
internal sealed class Marks(PartitionMap map, TopicNames names)
{
    private readonly Guid[] _topicIds = new Guid[EventTopics.Count];

    /// <summary>Says what id Kafka has for a topic; empty when it gives none.</summary>
    public void SetTopicId(EventTopic topic, Guid id) => _topicIds[(int)topic] = id;

    /// <summary>Kafka's id of a topic, as far as it is known.</summary>
    public Guid TopicId(EventTopic topic) => _topicIds[(int)topic];

    /// <summary>Copies the acknowledged offsets of this moment.</summary>
    public void TakeNow(PartitionMark mark) => mark.Take(map.Current.All);

    /// <summary>Lowers a mark's offsets to those of a block, where it has a mark.</summary>
    public void Lower(Span<long> offsets, PartitionMark block)
    {
        int count = block.Count;
        if (count == 0)
            return;
        ReadOnlySpan<PartitionState> partitions = map.Current.All;
        for (int i = 0; i < offsets.Length; i++)
        {
            // A partition that is younger than the block's mark: whatever we sent there is above the offset that it was listed with.
            long bound = i < count ? block.Offsets[i] : partitions[i].ListedOffset;
            offsets[i] = Math.Min(offsets[i], bound);
        }
    }

    /// <summary>The mark with these offsets.</summary>
    public JournalMark Make(ReadOnlySpan<long> offsets)
    {
        PartitionTable table = map.Current;
        var topics = new List<TopicMark>();
        for (int i = 0; i < EventTopics.Count; i++)
        {
            var topic = (EventTopic)i;
            if (table.Count(topic) == 0)
                continue;
            long[] byPartition = new long[table.Count(topic)];
            Array.Fill(byPartition, JournalMark.Unknown);
            topics.Add(new TopicMark(topic, names[topic], _topicIds[i], byPartition));
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            PartitionState partition = table.All[i];
            TopicMark? topic = topics.Find(mark => mark.Topic == partition.Topic);
            if (topic is not null && partition.Partition < topic.Offsets.Length)
                topic.Offsets[partition.Partition] = offsets[i];
        }

        return new JournalMark(topics);
    }
}
