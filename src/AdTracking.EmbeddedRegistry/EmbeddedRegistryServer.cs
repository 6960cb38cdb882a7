using System.Net;
using System.Net.Sockets;
using AdTracking.EmbeddedRegistry.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdTracking.EmbeddedRegistry;

/// <summary>A Schema Registry for a machine that has none: Confluent's REST API for what producers and readers ask of it,
/// on a loopback port, with compatibility judged, soft deletes, modes; one file, on disk before it answers.</summary>
public sealed class EmbeddedRegistryServer : IAsyncDisposable
{
    private const int BodyBytesMax = 4 << 20;

    private readonly WebApplication _application;

    private EmbeddedRegistryServer(WebApplication application)
    {
        _application = application;
    }

    /// <summary>The base address, with the port really bound.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Reads the registry's file and starts to answer.</summary>
    /// <param name="directory">Where the file <c>schemas.json</c> is; made where it is missing.</param>
    /// <param name="port">The loopback port; 0 takes a free one.</param>
    /// <param name="loggers">Where the server logs to.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="InvalidDataException">The file cannot be read, or it is not what this class writes.</exception>
    /// <exception cref="IOException">The port cannot be bound.</exception>
    public static async Task<EmbeddedRegistryServer> StartAsync(string directory, int port, ILoggerFactory loggers, CancellationToken cancellation = default)
    {
        var store = Open(directory);
        var application = Build(port, loggers);
        new RegistryRoutes(store).Map(application);
        try
        {
            await application.StartAsync(cancellation);
            return new EmbeddedRegistryServer(application);
        }
        catch (Exception failure)
        {
            await application.DisposeAsync();
            if (failure is SocketException busy)
            {
                throw new IOException(busy.Message, busy);
            }

            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static RegistryStore Open(string directory)
    {
        try
        {
            return RegistryStore.Open(directory);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(broken.Message, broken);
        }
    }

    // Not on anybody's hot path, so plain ASP.NET Core.
    private static WebApplication Build(int port, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyBytesMax;
            server.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        return builder.Build();
    }
}
