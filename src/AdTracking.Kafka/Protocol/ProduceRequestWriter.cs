using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>Writes one produce request with batches of any number of topics and partitions; each partition has one batch, as brokers want it.</summary>
internal readonly ref struct ProduceRequestWriter
{
    private readonly KafkaWriter _writer;
    private readonly short _version;

    /// <summary>Begins the body. Acknowledgement of all replicas in sync is the only one there is.</summary>
    public ProduceRequestWriter(KafkaWriter writer, short version, int timeoutMs, int topics)
    {
        _writer = writer;
        _version = version;
        writer.WriteString(null);
        writer.WriteInt16(-1);
        writer.WriteInt32(timeoutMs);
        writer.WriteCount(topics);
    }

    /// <summary>Begins a topic. It is named by its id from version 13 on, and by its name before.</summary>
    public void BeginTopic(string name, Guid id, int partitions)
    {
        if (_version >= 13)
        {
            _writer.WriteUuid(id);
        }
        else
        {
            _writer.WriteString(name);
        }

        _writer.WriteCount(partitions);
    }

    /// <summary>Writes a partition's batch.</summary>
    public void WritePartition(int index, ReadOnlySpan<byte> batch)
    {
        _writer.WriteInt32(index);
        _writer.WriteBytes(batch);
        _writer.WriteNoTags();
    }

    /// <summary>Ends a topic.</summary>
    public void EndTopic() => _writer.WriteNoTags();

    /// <summary>Ends the body.</summary>
    public void End() => _writer.WriteNoTags();
}
