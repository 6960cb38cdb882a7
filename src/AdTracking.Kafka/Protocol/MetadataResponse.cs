using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Protocol;

/// <summary>The cluster as one broker sees it.</summary>
/// <param name="Error">The error of the whole answer (version 13); <see cref="KafkaError.RebootstrapRequired"/> asks for a new start.</param>
/// <param name="ThrottleMs">How long the client should wait, in milliseconds.</param>
/// <param name="ClusterId">The cluster's id, or null where the broker does not say.</param>
/// <param name="Brokers">The brokers that are there.</param>
/// <param name="Topics">The topics that were asked for.</param>
internal sealed record MetadataResponse(
    KafkaError Error, int ThrottleMs, string? ClusterId, IReadOnlyList<BrokerEndpoint> Brokers, IReadOnlyList<TopicMetadata> Topics)
{
    /// <summary>Reads the answer.</summary>
    public static MetadataResponse Read(ReadOnlySpan<byte> frame, short version)
    {
        var reader = RequestFrame.Open(frame, Api.Metadata, version);
        var throttleMs = version >= 3 ? reader.ReadInt32() : 0;
        var brokers = new List<BrokerEndpoint>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            brokers.Add(new BrokerEndpoint(reader.ReadInt32(), reader.ReadString(), reader.ReadInt32()));
            _ = reader.ReadNullableString();
            reader.SkipTags();
        }

        var clusterId = version >= 2 ? reader.ReadNullableString() : null;
        _ = reader.ReadInt32();
        var topics = new List<TopicMetadata>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            topics.Add(ReadTopic(ref reader, version));
        }

        if (version is >= 8 and <= 10)
        {
            _ = reader.ReadInt32();
        }

        var error = version >= 13 ? (KafkaError)reader.ReadInt16() : KafkaError.None;
        reader.SkipTags(); // librdkafka's mock cluster has bytes behind this: they are nothing
        return new MetadataResponse(error, throttleMs, clusterId, brokers, topics);
    }

    private static TopicMetadata ReadTopic(ref KafkaReader reader, short version)
    {
        var error = (KafkaError)reader.ReadInt16();
        var name = reader.ReadNullableString() ?? "";
        var id = version >= 10 ? reader.ReadUuid() : Guid.Empty;
        _ = reader.ReadBoolean();
        var partitions = new List<PartitionMetadata>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            partitions.Add(ReadPartition(ref reader, version));
        }

        if (version >= 8)
        {
            _ = reader.ReadInt32();
        }

        reader.SkipTags();
        return new TopicMetadata(error, name, id, partitions);
    }

    private static PartitionMetadata ReadPartition(ref KafkaReader reader, short version)
    {
        var error = (KafkaError)reader.ReadInt16();
        var index = reader.ReadInt32();
        var leader = reader.ReadInt32();
        var epoch = version >= 7 ? reader.ReadInt32() : -1;
        reader.SkipInt32Array();
        reader.SkipInt32Array();
        if (version >= 5)
        {
            reader.SkipInt32Array();
        }

        reader.SkipTags();
        return new PartitionMetadata(error, index, leader, epoch);
    }
}
