using Confluent.Kafka;

namespace AdTracking.Faults.Testing;

/// <summary>What the scenarios of several brokers ask of them.</summary>
internal static class Brokers
{
    /// <summary>Gives every partition's lead back to its preferred broker.</summary>
    public static async Task ElectAsync(KafkaCluster kafka)
    {
        using var admin = Admin(kafka);
        try
        {
            await admin.ElectLeadersAsync(ElectionType.Preferred, null);
        }
        catch (KafkaException)
        {
            // Where the preferred leader leads already, or is not in sync yet, there is nothing to elect.
        }
    }

    /// <summary>The offsets of both topics, in the partitions that have a leader.</summary>
    public static Task<(long Impressions, long Clicks)> CountsAsync(FaultRig rig, KafkaCluster kafka) => Task.Run(() =>
        (CountLed(kafka, rig.Topics.Impression), CountLed(kafka, rig.Topics.Click)));

    /// <summary>Waits until impressions flow. Until a dead broker is out of the replicas in sync nothing is acknowledged by all of them; and when
    /// it was the active controller, another one has to be elected first.</summary>
    public static async Task FlowingAsync(FaultRig rig, KafkaCluster kafka)
    {
        var before = await Task.Run(() => CountLed(kafka, rig.Topics.Impression));
        await Poll.UntilAsync(
            () => Task.Run(() => CountLed(kafka, rig.Topics.Impression) > before), FaultRig.Limit, () => $"impressions\n{rig.Gateway.Output}");
    }

    // Offsets in the partitions that have a leader.
    private static long CountLed(KafkaCluster kafka, string topic)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = kafka.BootstrapServers, GroupId = "count" })
            .SetLogHandler((_, _) => { }).Build();
        using var admin = Admin(kafka);
        return Led(admin, topic).Sum(partition => EndOf(consumer, admin, new TopicPartition(topic, partition)));
    }

    private static List<int> Led(IAdminClient admin, string topic) =>
    [
        .. admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics.Single().Partitions.Where(partition => partition.Leader >= 0)
            .Select(partition => partition.PartitionId),
    ];

    // A leader that has just been elected cannot say at once; and not at all while its topic has too few replicas to take anything. One that has
    // just died may still have been named as the leader.
    private static long EndOf(IConsumer<byte[], byte[]> consumer, IAdminClient admin, TopicPartition partition)
    {
        using var pause = new ManualResetEventSlim();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return consumer.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(20)).High.Value;
            }
            catch (KafkaException failure) when (failure.Error.Code == ErrorCode.OffsetNotAvailable && attempt == 50)
            {
                return 0;
            }
            catch (KafkaException) when (attempt < 600)
            {
                pause.Wait(TimeSpan.FromMilliseconds(100));
                if (!Led(admin, partition.Topic).Contains(partition.Partition.Value))
                {
                    return 0;
                }
            }
        }
    }

    /// <summary>An admin client that logs nothing.</summary>
    public static IAdminClient Admin(KafkaCluster kafka) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka.BootstrapServers }).SetLogHandler((_, _) => { }).Build();
}
