namespace AdTracking.Gateway.Tests;

/// <summary>One gateway for the tests that need no settings of their own; its start takes longer than any of them.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    public const string Name = "shared gateway";

    public RunningGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await RunningGateway.StartAsync(
        "Click:AllowedHosts=shop.example,*.cdn.example", "Proxies:Trusted=127.0.0.1", "Http:PixelPrefixes=/t", "Topics:PartitionCount=3");

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
}
