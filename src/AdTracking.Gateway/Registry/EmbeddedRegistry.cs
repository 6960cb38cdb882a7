using System.Net;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Http;

namespace AdTracking.Gateway.Registry;

/// <summary>A Schema Registry for a machine that has none: Confluent's REST API for what producers and readers ask of it,
/// on a loopback port, with compatibility judged, soft deletes, modes; one file, on disk before it answers.</summary>
internal sealed class EmbeddedRegistry : IAsyncDisposable
{
    private readonly ControlServer _server;

    private EmbeddedRegistry(ControlServer server)
    {
        _server = server;
    }

    public string Address => _server.Address;

    /// <exception cref="StartRefusedException">The port is taken, or the registry's file cannot be read.</exception>
    public static async Task<EmbeddedRegistry> StartAsync(
        string directory, int port, ILoggerFactory loggers, CancellationToken cancellation)
    {
        RegistryStore store;
        try
        {
            store = RegistryStore.Open(directory);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(ExitCode.DataDirectory, $"The embedded registry cannot read its file: {broken.Message}", broken);
        }

        var server = await ControlServer.StartAsync(
            "Registry:EmbeddedPort", IPAddress.Loopback, port, loggers, application => new RegistryRoutes(store).Map(application), cancellation);
        return new EmbeddedRegistry(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
