namespace AdTracking.Faults.Tests;

/// <summary>SIGTERM under load, during an outage, during recovery, and twice.</summary>
[Collection(FaultKafka.Name)]
public sealed class StopTests(FaultKafka brokers, ITestOutputHelper output)
{
    private readonly Random _random = Seeds.Random(output);

    [RequiresFact(Tool.Kafka)]
    public async Task Stop_UnderLoad_NothingMissingNothingTwice()
    {
        var kafka = await brokers.SingleAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("stop under load"));
        var stops = Scale.Of(3, 100);

        for (var i = 0; i < stops; i++)
        {
            await WaitAsync(_random.Next(1_500));
            (await rig.StopAsync()).ShouldBe(0);
            await rig.BootAsync();
        }

        await rig.FinishAsync($"{stops} times SIGTERM");
    }

    [RequiresFact(Tool.Kafka)]
    public async Task Stop_DuringOutageAndRecoveryAndTwice_NothingMissingNothingTwice()
    {
        var kafka = await brokers.SingleAsync();
        var drain = new Dictionary<string, string> { ["Drain:DeadlineMs"] = "3000" };
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("stop in trouble") { Settings = drain });
        var rounds = Scale.Of(1, 8);

        for (var round = 0; round < rounds; round++)
        {
            await kafka.KillAsync();
            await rig.LetRunAsync(TimeSpan.FromSeconds(3));
            (await rig.StopAsync()).ShouldBe(0, "what is left stays in the journal");
            await rig.BootAsync();
            await rig.LetRunAsync(TimeSpan.FromSeconds(2));
            (await StopTwiceAsync(rig)).ShouldBe(130);
            await kafka.RestartAsync();
            // During recovery, before anything is settled and after.
            for (var i = 0; i < 2; i++)
            {
                await rig.BootAsync();
                await WaitAsync(_random.Next(200 + 4_000 * i));
                (await rig.StopAsync()).ShouldBe(0);
            }

            await rig.BootAsync();
        }

        await rig.LetRunAsync(TimeSpan.FromSeconds(2));
        await rig.FinishAsync($"{rounds} times: SIGTERM during an outage, a second signal, SIGTERM during recovery");
    }

    private static async Task<int> StopTwiceAsync(FaultRig rig)
    {
        rig.Gateway.Send(Signal.Terminate);
        await WaitAsync(300);
        rig.Gateway.Send(Signal.Terminate);
        var exitCode = await rig.Gateway.WaitForExitAsync();
        await rig.Gateway.DisposeAsync();
        return exitCode;
    }

    private static async Task WaitAsync(int milliseconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds + 1));
        await timer.WaitForNextTickAsync();
    }
}
