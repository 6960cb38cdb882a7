namespace AdTracking.Faults.Testing;

/// <summary>Brokers for the fault suite, started by the first test that asks: one alone, or three of which any one may be away.</summary>
public sealed class FaultKafka : IAsyncLifetime
{
    public const string Name = "fault kafka";

    private KafkaCluster? _single;
    private KafkaCluster? _three;

    public async Task<KafkaCluster> SingleAsync() => await WholeAsync(_single ??= await KafkaCluster.StartAsync());

    // A dead broker is to be noticed after three seconds, not nine.
    public async Task<KafkaCluster> ThreeAsync() =>
        await WholeAsync(_three ??= await KafkaCluster.StartAsync(3, "broker.session.timeout.ms=3000", "broker.heartbeat.interval.ms=500"));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_single is not null)
        {
            await _single.DisposeAsync();
        }

        if (_three is not null)
        {
            await _three.DisposeAsync();
        }
    }

    // A test that failed in the middle may have left a broker dead.
    private static async Task<KafkaCluster> WholeAsync(KafkaCluster kafka)
    {
        for (var node = 1; node <= kafka.BrokerCount; node++)
        {
            if (!Directory.Exists($"/proc/{kafka.ProcessIdOf(node)}"))
            {
                await kafka.RestartAsync(node);
            }
        }

        return kafka;
    }
}
