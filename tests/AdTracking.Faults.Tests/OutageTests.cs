namespace AdTracking.Faults.Tests;

/// <summary>The broker is away for a while at thousands of events a second: memory stays flat, and the backlog drains beside live traffic.</summary>
[Collection(FaultKafka.Name)]
public sealed class OutageTests(FaultKafka brokers, ITestOutputHelper output)
{
    private static readonly int Rate = Scale.Of(1_500, 5_000);
    private const long GrowthMax = 64L * 1024 * 1024;
    private static readonly FaultOptions Options = new("broker away") { Rate = Rate, Connections = 64 };

    [RequiresFact(Tool.Kafka)]
    public async Task Outage_UnderLoad_MemoryStaysFlatAndBacklogDrainsBesideLiveTraffic()
    {
        var kafka = await brokers.SingleAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, Options);
        await rig.LetRunAsync(Scale.Seconds(3, 15));
        var before = await ResidentMemory.HighestAsync(rig.Gateway, TimeSpan.FromSeconds(5));
        var promisedBefore = rig.Oracle.Progress.Promised;
        var outage = Scale.Seconds(10, 600);

        await kafka.KillAsync();
        var growth = await ResidentMemory.HighestAsync(rig.Gateway, outage) - before;
        var promised = rig.Oracle.Progress.Promised - promisedBefore;
        await kafka.RestartAsync();
        var back = rig.Oracle.Progress;
        await rig.Oracle.WaitAsync(progress => progress.Fresh > back.Fresh + 100, FaultRig.Limit, "live events in Kafka");
        var liveMs = rig.Oracle.Progress.Ms - back.Ms;
        await rig.Oracle.WaitAsync(progress => progress.Outstanding < 2 * Rate, TimeSpan.FromMinutes(20), "an empty backlog");
        var drained = rig.Oracle.Progress;

        var readRate = (drained.Read - back.Read) * 1_000 / (drained.Ms - back.Ms);
        var sentRate = (drained.Sent - back.Sent) * 1_000 / (drained.Ms - back.Ms);
        var report = await rig.FinishAsync($"{outage.TotalSeconds:0} s at {promised / outage.TotalSeconds:0} events/s; RSS {growth >> 20:+0;-0} MiB; "
            + $"live events in Kafka {liveMs / 1_000} s after its return; drained at {readRate} events/s beside {sentRate} sent");
        report.Answers.Keys.Where(answer => answer.Contains("queue_full", StringComparison.Ordinal)).ShouldBeEmpty("the journal had room");
        growth.ShouldBeLessThan(GrowthMax);
        liveMs.ShouldBeLessThanOrEqualTo(7_000, "five seconds, asked once a second at both ends");
        readRate.ShouldBeGreaterThan(sentRate * 3 / 2);
    }
}
