using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>What the brokers in memory say of themselves and of the topics; a stale answer names leaders at random, of an earlier epoch.</summary>
internal sealed class MetadataAnswer(MemoryCluster cluster, string[] topics, Random random)
{
    /// <summary>Writes it in a version.</summary>
    public void Write(KafkaWriter writer, short version, bool isStale)
    {
        if (version >= 3)
        {
            writer.WriteInt32(0);
        }

        var up = Enumerable.Range(0, cluster.BrokerCount).Where(cluster.IsUp).ToArray();
        writer.WriteCount(up.Length);
        foreach (var node in up)
        {
            writer.WriteInt32(node);
            writer.WriteString(MemoryCluster.AddressOf(node).Host);
            writer.WriteInt32(MemoryCluster.AddressOf(node).Port);
            writer.WriteString(null);
            writer.WriteNoTags();
        }

        if (version >= 2)
        {
            writer.WriteString("memory");
        }

        writer.WriteInt32(0);
        writer.WriteCount(topics.Length);
        for (var topic = 0; topic < topics.Length; topic++)
        {
            WriteTopic(writer, version, topic, isStale);
        }

        if (version is >= 8 and <= 10)
        {
            writer.WriteInt32(0);
        }

        if (version >= 13)
        {
            writer.WriteInt16(0);
        }

        writer.WriteNoTags();
    }

    private void WriteTopic(KafkaWriter writer, short version, int topic, bool isStale)
    {
        writer.WriteInt16(0);
        writer.WriteString(topics[topic]);
        if (version >= 10)
        {
            writer.WriteUuid(MemoryCluster.IdOf(topic));
        }

        writer.WriteBoolean(false);
        writer.WriteCount(cluster.Partitions[topic].Length);
        for (var i = 0; i < cluster.Partitions[topic].Length; i++)
        {
            var partition = cluster.Partitions[topic][i];
            writer.WriteInt16(0);
            writer.WriteInt32(i);
            writer.WriteInt32(isStale ? random.Next(cluster.BrokerCount) : partition.LeaderId);
            if (version >= 7)
            {
                writer.WriteInt32(isStale ? partition.LeaderEpoch - 1 : partition.LeaderEpoch);
            }

            for (var lists = version >= 5 ? 3 : 2; lists > 0; lists--)
            {
                writer.WriteCount(0);
            }

            writer.WriteNoTags();
        }

        if (version >= 8)
        {
            writer.WriteInt32(0);
        }

        writer.WriteNoTags();
    }
}
