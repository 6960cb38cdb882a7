using Confluent.Kafka.Admin;

namespace AdTracking.Faults.Tests;

/// <summary>Three brokers, of which one dies and comes back; a partition has no leader. The soak tests move leaders and take replicas away.</summary>
[Collection(FaultKafka.Name)]
public sealed class ThreeBrokersTests(FaultKafka brokers, ITestOutputHelper output)
{
    private static readonly TimeSpan Apart = Scale.Seconds(5, 8);

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
            await Brokers.ElectAsync(kafka);
        }

        await rig.LetRunAsync(TimeSpan.FromSeconds(3));
        await rig.FinishAsync($"{rounds} kills, one every 20 s; leaders moved back after each");
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
        await rig.LetRunAsync(Scale.Seconds(6, 60));
        await Brokers.FlowingAsync(rig, kafka);
        var during = await Brokers.CountsAsync(rig, kafka);
        await rig.LetRunAsync(TimeSpan.FromSeconds(4));
        var later = await Brokers.CountsAsync(rig, kafka);
        await kafka.RestartAsync(3);
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));

        await rig.FinishAsync($"one of four partitions away; meanwhile +{later.Impressions - during.Impressions} impressions in 4 s through the others");
        later.Impressions.ShouldBeGreaterThan(during.Impressions, "the others flow");
    }

    // Partition 0 lives on broker 3, the others on 1 and 2, each on one alone: Kafka wants as many replicas of every partition.
    private static async Task CreateWithLonelyPartitionAsync(KafkaCluster kafka, string[] topics)
    {
        using var admin = Brokers.Admin(kafka);
        await admin.CreateTopicsAsync(topics.Select(topic => new TopicSpecification
        {
            Name = topic,
            NumPartitions = 4,
            ReplicasAssignments = new Dictionary<int, List<int>> { [0] = [3], [1] = [1], [2] = [2], [3] = [1] },
            Configs = new Dictionary<string, string> { ["min.insync.replicas"] = "1" },
        }));
    }
}
