namespace AdTracking.Faults.Tests;

/// <summary>A broker that answers after two seconds: everything goes through the journal as well, and still only once into Kafka.</summary>
public sealed class SlowBrokerTests(ITestOutputHelper output)
{
    [RequiresFact(Tool.Kafka)]
    public async Task Broker_TwoSecondsAway_NothingMissingNothingTwice()
    {
        var port = FreePorts.Take();
        await using var kafka = await KafkaCluster.StartAsync(1, $"advertised.listeners=PLAINTEXT://127.0.0.1:{port}");
        await using var proxy = new SlowProxy(port, int.Parse(kafka.BootstrapServers.Split(':')[1]));
        await using var rig = await FaultRig.StartAsync(output, kafka, new FaultOptions("broker slow"));

        proxy.DelayMs = 1_000;
        await rig.LetRunAsync(Scale.Seconds(6, 60));
        // Whatever stands in the journal now may be in Kafka too.
        await rig.KillAsync();
        await rig.BootAsync();
        await rig.LetRunAsync(Scale.Seconds(6, 60));
        proxy.DelayMs = 0;
        await rig.LetRunAsync(TimeSpan.FromSeconds(3));

        await rig.FinishAsync("a round trip of 2 s, with a kill -9 in the middle");
    }
}
