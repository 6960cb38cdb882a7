using AdTracking.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Faults.Tests;

/// <summary>Three brokers, of which one dies and comes back, leaders move, replicas are too few, a partition has no leader.</summary>
[Collection(FaultKafka.Name)]
public sealed class ThreeBrokersTests(FaultKafka brokers, ITestOutputHelper output)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(8);

    [RequiresFact(Tool.Kafka)]
    public async Task Brokers_OneKilledAfterTheOther_NothingMissingNothingTwice()
    {
        var kafka = await brokers.ThreeAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("one of three brokers killed"));
        var rounds = Scale.Of(1, 15);

        for (var round = 0; round < rounds; round++)
        {
            await kafka.KillAsync(1 + round % 3);
            await rig.LetRunAsync(Apart);
            await kafka.RestartAsync(1 + round % 3);
            await rig.LetRunAsync(Scale.Seconds(1, 6));
            await ElectAsync(kafka);
        }

        await rig.LetRunAsync(TimeSpan.FromSeconds(3));
        await rig.FinishAsync($"{rounds} kills, one every 20 s; leaders moved back after each");
    }

    [RequiresFact(Tool.Kafka)]
    public async Task Leaders_Moving_NothingMissingNothingTwice()
    {
        var kafka = await brokers.ThreeAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("leaders moving"));
        var rounds = Scale.Of(1, 6);

        for (var round = 0; round < rounds; round++)
        {
            // A controlled shutdown hands its leaders over; the election gives them back.
            Signals.Send(kafka.ProcessIdOf(1 + round % 3), Signal.Terminate);
            await rig.LetRunAsync(TimeSpan.FromSeconds(6));
            await kafka.RestartAsync(1 + round % 3);
            await rig.LetRunAsync(TimeSpan.FromSeconds(2));
            await ElectAsync(kafka);
        }

        await rig.LetRunAsync(TimeSpan.FromSeconds(3));
        await rig.FinishAsync($"{rounds} controlled shutdowns, each with an election afterwards");
    }

    [RequiresFact(Tool.Kafka)]
    public async Task Replicas_TooFewForOneTopic_OthersFlowAndNothingIsLost()
    {
        var kafka = await brokers.ThreeAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("NOT_ENOUGH_REPLICAS"));
        await kafka.ConfigureTopicAsync(rig.Topics.Click, "min.insync.replicas", "3");

        await kafka.KillAsync(3);
        await rig.LetRunAsync(Scale.Seconds(12, 60));
        await FlowingAsync(rig, kafka);
        var during = await CountsAsync(rig, kafka);
        await rig.LetRunAsync(TimeSpan.FromSeconds(4));
        var later = await CountsAsync(rig, kafka);
        await kafka.RestartAsync(3);
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));

        await rig.FinishAsync($"a topic with too few replicas for a while; meanwhile +{later.Impressions - during.Impressions} impressions, "
            + $"+{later.Clicks - during.Clicks} clicks in 4 s");
        later.Clicks.ShouldBe(during.Clicks, "the clicks' topic took nothing");
        later.Impressions.ShouldBeGreaterThan(during.Impressions, "the others flow");
    }

    [RequiresFact(Tool.Kafka)]
    public async Task Partition_WithoutLeader_OthersFlowAndNothingIsLost()
    {
        var kafka = await brokers.ThreeAsync();
        await using var rig = FaultRig.Prepare(output, kafka, new FaultOptions("a partition without a leader") { PartitionCount = 4 });
        await CreateWithLonelyPartitionAsync(kafka, rig.Topics.Events);
        await rig.BootAsync();
        await rig.StartOracleAsync();

        await kafka.KillAsync(3);
        await rig.LetRunAsync(Scale.Seconds(12, 60));
        await FlowingAsync(rig, kafka);
        var during = await CountsAsync(rig, kafka);
        await rig.LetRunAsync(TimeSpan.FromSeconds(4));
        var later = await CountsAsync(rig, kafka);
        await kafka.RestartAsync(3);
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));

        await rig.FinishAsync($"one of four partitions away; meanwhile +{later.Impressions - during.Impressions} impressions in 4 s through the others");
        later.Impressions.ShouldBeGreaterThan(during.Impressions, "the others flow");
    }

    // Partition 0 lives on broker 3, the others on 1 and 2, each on one alone: Kafka wants as many replicas of every partition.
    private static async Task CreateWithLonelyPartitionAsync(KafkaCluster kafka, string[] topics)
    {
        using var admin = Admin(kafka);
        await admin.CreateTopicsAsync(topics.Select(topic => new TopicSpecification
        {
            Name = topic,
            NumPartitions = 4,
            ReplicasAssignments = new Dictionary<int, List<int>> { [0] = [3], [1] = [1], [2] = [2], [3] = [1] },
            Configs = new Dictionary<string, string> { ["min.insync.replicas"] = "1" },
        }));
    }

    private static async Task ElectAsync(KafkaCluster kafka)
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

    private static Task<(long Impressions, long Clicks)> CountsAsync(FaultRig rig, KafkaCluster kafka) => Task.Run(() =>
        (CountLed(kafka, rig.Topics.Impression), CountLed(kafka, rig.Topics.Click)));

    // Until the dead broker is out of the replicas in sync nothing is acknowledged by all of them; and when it was the active controller,
    // another one has to be elected first.
    private static async Task FlowingAsync(FaultRig rig, KafkaCluster kafka)
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
        return admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics.Single().Partitions.Where(partition => partition.Leader >= 0)
            .Sum(partition => EndOf(consumer, new TopicPartition(topic, partition.PartitionId)));
    }

    // A leader that has just been elected cannot say at once; and not at all while its topic has too few replicas to take anything.
    private static long EndOf(IConsumer<byte[], byte[]> consumer, TopicPartition partition)
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
            }
        }
    }

    private static IAdminClient Admin(KafkaCluster kafka) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka.BootstrapServers }).SetLogHandler((_, _) => { }).Build();
}
