namespace AdTracking.Testing;

/// <summary>One broker and one registry, both real, started by the first test that asks and shared by all of the collection.</summary>
public sealed class RealParts : IAsyncLifetime
{
    public const string Name = "real parts";

    private KafkaCluster? _kafka;
    private RegistryServer? _registry;

    public async Task<KafkaCluster> KafkaAsync() => _kafka ??= await KafkaCluster.StartAsync();

    /// <summary>The registry without a subject, as after its start.</summary>
    public async Task<RegistryServer> EmptyRegistryAsync()
    {
        var registry = await RegistryAsync();
        await registry.ClearAsync();
        return registry;
    }

    public async Task<RegistryServer> RegistryAsync() => _registry ??= await RegistryServer.StartAsync();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_kafka is not null)
        {
            await _kafka.DisposeAsync();
        }

        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }
}
