using System.Net;

namespace AdTracking.Faults.Tests;

/// <summary>The journal's file system is full while the broker is away: refusals at the door, recovery by itself, nothing lost.</summary>
[Collection(FaultKafka.Name)]
public sealed class FullDiskTests(FaultKafka brokers, ITestOutputHelper output)
{
    private const int BallastBytes = 12 * 1024 * 1024;

    private static readonly FaultOptions Options = new("disk full")
    {
        Wrapper = SmallDisk,
        Rate = 4_000,
        Settings = new Dictionary<string, string> { ["Journal:SegmentBytes"] = $"{4 * 1024 * 1024}" },
    };

    [RequiresFact(Tool.Kafka, Tool.MountNamespace)]
    public async Task Disk_FullWhileBrokerIsAway_RefusesAndRecoversByItself()
    {
        var kafka = await brokers.SingleAsync();
        await using var rig = FaultRig.Prepare(output, kafka, Options);
        await rig.BootAsync();
        await rig.StartOracleAsync();
        var ballast = Path.Combine(Path.GetDirectoryName(rig.Journal)!, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[BallastBytes]);
        await kafka.KillAsync();

        var fullMs = await WaitUntilAsync(rig, HttpStatusCode.ServiceUnavailable);
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));
        File.Delete(ballast);
        var spaceMs = await WaitUntilAsync(rig, HttpStatusCode.OK);
        var fullAgainMs = await WaitUntilAsync(rig, HttpStatusCode.ServiceUnavailable);
        await kafka.RestartAsync();
        var brokerMs = await WaitUntilAsync(rig, HttpStatusCode.OK);
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));

        var report = await rig.FinishAsync($"full after {fullMs} ms, ready {spaceMs} ms after space came, full again after {fullAgainMs} ms, "
            + $"ready {brokerMs} ms after the broker came");
        report.Answers.Where(pair => pair.Key.StartsWith("events 503", StringComparison.Ordinal)).Sum(pair => pair.Value).ShouldBeGreaterThan(0);
        spaceMs.ShouldBeLessThan(5_000);
    }

    // 32 MiB, seen by the gateway alone.
    private static ProcessWrapper SmallDisk(string directory) => new(
        [.. Tools.MountNamespace!, "sh", "-c", "mkdir -p \"$0\" && mount -t tmpfs -o size=32m none \"$0\" && exec \"$@\"", directory],
        HasOwnMounts: true);

    private static async Task<long> WaitUntilAsync(FaultRig rig, HttpStatusCode ready)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var since = Environment.TickCount64;
        await Poll.UntilAsync(
            async () =>
            {
                using var answer = await http.GetAsync(new Uri(rig.Gateway.Admin, "/ready"));
                return answer.StatusCode == ready;
            },
            FaultRig.Limit,
            () => $"/ready {ready}\n{rig.Gateway.Output}");
        return Environment.TickCount64 - since;
    }
}
