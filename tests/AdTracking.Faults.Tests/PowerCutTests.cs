using System.Diagnostics;

namespace AdTracking.Faults.Tests;

/// <summary>The gateway dies with a large journal, and the machine with it, as far as the gateway can tell: the boot id is another one. It
/// is ready at once, live traffic goes before, and everything that waited is looked for in Kafka and then sent.</summary>
[Collection(FaultKafka.Name)]
public sealed class PowerCutTests(FaultKafka brokers, ITestOutputHelper output)
{
    private static readonly int Rate = Scale.Of(1_000, 2_500);

    [RequiresFact(Tool.Kafka, Tool.MountNamespace)]
    public async Task PowerCut_WithLargeJournal_IsReadyAtOnceAndDrainsBesideLiveTraffic()
    {
        using var folder = new TemporaryDirectory("boot");
        var bootId = folder.PathOf("boot_id");
        await File.WriteAllTextAsync(bootId, $"{Guid.NewGuid()}\n");
        var kafka = await brokers.SingleAsync();
        var options = new FaultOptions("power cut")
        {
            Rate = Scale.Of(4_000, 8_000),
            Connections = 64,
            Wrapper = _ => OtherBoot(bootId),
            OracleArguments = ["--letters", "1600"],
        };
        await using var rig = await FaultRig.StartAsync(output, kafka, options);
        await kafka.KillAsync();
        var wanted = (double)Scale.Of(24, 4_096) * 1024 * 1024;
        await Poll.UntilAsync(
            async () => (await JournalFigures.ReadAsync(rig.Gateway)).WaitingBytes >= wanted, TimeSpan.FromMinutes(30), () => "a large journal");
        rig.Oracle.Tell($"rate {Rate}");
        var loadedMs = await CutPowerAsync(rig, bootId);
        rig.Oracle.Tell("hold");
        var readyMs = await CutPowerAsync(rig, bootId);
        rig.Oracle.Tell("go");
        var clock = Stopwatch.StartNew();
        var figures = await JournalFigures.ReadAsync(rig.Gateway);
        await Poll.UntilAsync(
            async () => (figures = await JournalFigures.ReadAsync(rig.Gateway)).UnreadFiles == 0, FaultRig.Limit, () => $"a journal that is read: {figures}");
        var knownMs = clock.ElapsedMilliseconds;
        await rig.LetRunAsync(TimeSpan.FromSeconds(5));
        await kafka.RestartAsync();
        var back = rig.Oracle.Progress;
        await rig.Oracle.WaitAsync(progress => progress.Fresh > back.Fresh + 100, FaultRig.Limit, "live events in Kafka");
        var liveMs = rig.Oracle.Progress.Ms - back.Ms;
        await rig.Oracle.WaitAsync(progress => progress.Outstanding < 2 * Rate, TimeSpan.FromMinutes(30), "an empty backlog");
        var drained = rig.Oracle.Progress;

        var readRate = (drained.Read - back.Read) * 1_000 / (drained.Ms - back.Ms);
        var sentRate = (drained.Sent - back.Sent) * 1_000 / (drained.Ms - back.Ms);
        await rig.FinishAsync($"{figures.WaitingBytes / 1024 / 1024:0} MiB waiting, {figures.QuestionableEvents:N0} events in doubt; "
            + $"ready after {readyMs} ms, {loadedMs} ms with the load on, all of it read {knownMs} ms later; "
            + $"live events in Kafka {liveMs / 1_000} s after its return; drained at {readRate} events/s beside {sentRate} sent");
        readyMs.ShouldBeLessThan(Scale.Of(10_000, 2_000), "the short form runs where others do, too");
        figures.QuestionableEvents.ShouldBeGreaterThan(0, "after a power cut no note is trusted");
        liveMs.ShouldBeLessThanOrEqualTo(7_000, "five seconds, asked once a second at both ends");
        readRate.ShouldBeGreaterThan(sentRate * 2, "the drain adds at least the live rate again");
    }

    // How long the next start takes to be ready, in milliseconds.
    private static async Task<long> CutPowerAsync(FaultRig rig, string bootId)
    {
        var journal = rig.Journal;
        await rig.KillAsync();
        await File.WriteAllTextAsync(bootId, $"{Guid.NewGuid()}\n");
        await ForgetAsync(journal);
        var clock = Stopwatch.StartNew();
        await rig.BootAsync();
        return clock.ElapsedMilliseconds;
    }

    // Nothing of the journal is cached after a power cut.
    private static async Task ForgetAsync(string directory)
    {
        foreach (var file in Directory.GetFiles(directory))
        {
            (await ToolProcess.RunAsync("dd", [$"of={file}", "oflag=nocache", "conv=notrunc,fdatasync", "count=0"])).Succeeded("dd");
        }
    }

    private static ProcessWrapper OtherBoot(string bootId) => new(
        [.. Tools.MountNamespace!, "sh", "-c", "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"", bootId]);
}
