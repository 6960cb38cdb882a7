namespace AdTracking.Soak.Tests;

/// <summary>Three brokers whose leaders move, and of which too few are there.</summary>
[Collection(FaultKafka.Name)]
public sealed class ThreeBrokersTests(FaultKafka brokers, ITestOutputHelper output)
{
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
            await Brokers.ElectAsync(kafka);
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
        await Brokers.FlowingAsync(rig, kafka);
        var during = await Brokers.CountsAsync(rig, kafka);
        await rig.LetRunAsync(TimeSpan.FromSeconds(4));
        var later = await Brokers.CountsAsync(rig, kafka);
        await kafka.RestartAsync(3);
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));

        await rig.FinishAsync($"a topic with too few replicas for a while; meanwhile +{later.Impressions - during.Impressions} impressions, "
            + $"+{later.Clicks - during.Clicks} clicks in 4 s");
        later.Clicks.ShouldBe(during.Clicks, "the clicks' topic took nothing");
        later.Impressions.ShouldBeGreaterThan(during.Impressions, "the others flow");
    }
}
