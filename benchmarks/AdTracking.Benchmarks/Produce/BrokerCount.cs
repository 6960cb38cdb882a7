using Confluent.Kafka;

namespace AdTracking.Benchmarks.Produce;

/// <summary>What the broker says it holds: the only count that counts.</summary>
internal static class BrokerCount
{
    public static long Of(string bootstrap, string topic, int partitions)
    {
        var config = new ConsumerConfig { BootstrapServers = bootstrap, GroupId = "count" };
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler((_, _) => { }).Build();
        long count = 0;
        for (var partition = 0; partition < partitions; partition++)
        {
            count += consumer.QueryWatermarkOffsets(new TopicPartition(topic, partition), TimeSpan.FromSeconds(20)).High.Value;
        }

        return count;
    }
}
