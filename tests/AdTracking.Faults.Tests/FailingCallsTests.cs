namespace AdTracking.Faults.Tests;

/// <summary>libfiu makes the journal's calls fail or come short in the running gateway, while the broker is away.</summary>
[Collection(FaultKafka.Name)]
public sealed class FailingCallsTests(FaultKafka brokers, ITestOutputHelper output)
{
    private const int Eio = 5;
    private const int Enospc = 28;

    // Every second call comes short, every twentieth fails.
    private static readonly string[] Faults =
    [
        "enable_random name=posix/io/rw/pwrite/reduce,probability=0.5",
        $"enable_random name=posix/io/rw/pwrite,probability=0.05,failinfo={Eio}",
        $"enable_random name=posix/io/sync/fdatasync,probability=0.05,failinfo={Eio}",
        $"enable_random name=posix/io/sync/fsync,probability=0.05,failinfo={Eio}",
        $"enable_random name=posix/io/dir/unlink,probability=0.05,failinfo={Eio}",
    ];

    [RequiresFact(Tool.Kafka, Tool.Fiu)]
    public async Task Calls_FailingAndShort_NothingMissingNothingTwice()
    {
        using var calls = new Libfiu();
        var kafka = await brokers.SingleAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("errors of the file system") { Wrapper = _ => calls.Wrapper });
        var rounds = Scale.Of(1, 6);

        for (var round = 0; round < rounds; round++)
        {
            await kafka.KillAsync();
            foreach (var fault in Faults)
            {
                await calls.TellAsync(rig.Gateway, fault);
            }

            await rig.LetRunAsync(Scale.Seconds(6, 20));
            // A disk that takes nothing for a while, then one that takes all.
            await calls.TellAsync(rig.Gateway, $"enable name=posix/io/rw/pwrite,failinfo={Enospc}");
            await rig.LetRunAsync(TimeSpan.FromSeconds(2));
            foreach (var fault in Faults)
            {
                await calls.TellAsync(rig.Gateway, fault);
            }

            await rig.LetRunAsync(TimeSpan.FromSeconds(3));
            var errors = (await PrometheusPage.ReadAsync(rig.Gateway)).Sum("adtracking_journal_errors_total");
            errors.ShouldBeGreaterThan(0, "the calls failed");
            await rig.KillAsync();
            await rig.BootAsync();
            await kafka.RestartAsync();
            await rig.LetRunAsync(TimeSpan.FromSeconds(3));
        }

        var report = await rig.FinishAsync($"{rounds} outages with one call of twenty failing and every second one short, a full disk for 2 s, then kill -9");
        report.Answers.ShouldContainKey("reader: left while the brokers were away", "nobody fetches while a broker comes back");
    }
}
