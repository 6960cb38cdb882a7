namespace AdTracking.Faults.Testing;

/// <summary>kill -9 of the gateway at random moments under load, half of them while the broker is away.</summary>
internal sealed class KillScenario(FaultKafka brokers, ITestOutputHelper output)
{
    /// <summary>Sent while the gateway is there and takes them: at level kafka it holds requests for seconds when the broker has gone.</summary>
    private static readonly int Rate = Scale.Of(2_000, 8_000);

    /// <summary>On the average of the whole run, in which it is often not there.</summary>
    private const int LongRateMin = 2_000;

    private readonly Random _random = Seeds.Random(output);

    /// <summary>Runs it with an acknowledgement level.</summary>
    public async Task RunAsync(string ack, int kills, string? producer = null)
    {
        var kafka = await brokers.SingleAsync();
        await using var rig = await FaultRig.StartAsync(output, kafka, Options(ack, producer));

        for (var done = 0; done < kills;)
        {
            var round = Math.Min(kills - done, Scale.Of(kills, 8));
            for (var i = 0; i < round / 2; i++)
            {
                await KillAndBootAsync(rig, ready: true);
            }

            await kafka.KillAsync();
            for (var i = round / 2; i < round; i++)
            {
                await KillAndBootAsync(rig, ready: ack != "kafka");
            }

            await kafka.RestartAsync();
            await rig.Gateway.WaitUntilReadyAsync();
            done += round;
        }

        await rig.LetRunAsync(TimeSpan.FromSeconds(3));
        var progress = rig.Oracle.Progress;
        var sentRate = progress.Sent * 1_000 / progress.Ms;
        await rig.FinishAsync($"{kills} kills, half of them with the broker away, under {sentRate} events/s on average, downtime included");
        if (Scale.IsLong)
        {
            sentRate.ShouldBeGreaterThanOrEqualTo(LongRateMin);
        }
    }

    private static FaultOptions Options(string ack, string? producer) =>
        new($"kill -9, Ack {ack}" + (producer is null ? "" : $", Producer {producer}")) { Ack = ack, Producer = producer, Rate = Rate, Connections = 64 };

    // Every fourth kill falls into the start and the recovery of the gateway, the others into its life.
    private async Task KillAndBootAsync(FaultRig rig, bool ready)
    {
        if (_random.Next(4) == 0)
        {
            await rig.KillAsync();
            rig.Launch();
            await DelayAsync(_random.Next(1_500));
        }
        else
        {
            await DelayAsync(_random.Next(2_000));
        }

        await rig.KillAsync();
        await rig.BootAsync(ready);
        await rig.Gateway.WaitForAddressesAsync();
    }

    private static async Task DelayAsync(int milliseconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds + 1));
        await timer.WaitForNextTickAsync();
    }
}
