using AdTracking.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.System.Tests.Accounts;

/// <summary>Copies of topics with something done to them.</summary>
internal static class TopicCopy
{
    /// <summary>Copies a topic's records, as <paramref name="change"/> leaves them, to a topic of its own name.</summary>
    public static async Task<string> MakeAsync(
        string bootstrapServers, string topic, string name, Func<IReadOnlyList<(byte[] Key, byte[] Value)>, IEnumerable<(byte[] Key, byte[] Value)>> change)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = 3, ReplicationFactor = 1 }]);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = bootstrapServers }).Build();
        List<(byte[] Key, byte[] Value)> records = [.. TopicReader.ReadToEnd(bootstrapServers, topic).Select(record => (record.Key, record.Value))];
        foreach (var (key, value) in change(records))
        {
            await producer.ProduceAsync(name, new Message<byte[], byte[]> { Key = key, Value = value });
        }

        return name;
    }

    /// <summary>Another letter in the event's id, which is the first field: still a record of its schema, and not the one that was sent.</summary>
    public static (byte[] Key, byte[] Value) Altered((byte[] Key, byte[] Value) record)
    {
        const int firstOfId = 5 + 1; // behind the frame and the id's length
        byte[] value = [.. record.Value];
        value[firstOfId] = value[firstOfId] == (byte)'0' ? (byte)'1' : (byte)'0';
        return (record.Key, value);
    }
}
