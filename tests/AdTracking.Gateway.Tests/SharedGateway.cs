using AdTracking.Testing;

namespace AdTracking.Gateway.Tests;

/// <summary>One gateway for the tests that need no settings of their own; its start takes longer than any of them.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    public const string Name = "shared gateway";

    public RunningGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await RunningGateway.StartAsync(
            "Click:AllowedHosts=shop.example,*.cdn.example", "Proxies:Trusted=127.0.0.1", "Http:PixelPrefixes=/t", "Topics:PartitionCount=3");
        // The start goes on without Kafka after five seconds, and a busy machine needs more.
        await Poll.UntilAsync(() => Gateway.Host.Pipeline.State.Ready, TimeSpan.FromSeconds(60), () => "ready");
    }

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
}
