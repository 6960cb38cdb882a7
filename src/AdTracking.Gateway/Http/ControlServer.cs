using System.Net;
using System.Net.Sockets;
using AdTracking.Gateway.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AdTracking.Gateway.Http;

/// <summary>A small web application beside the public listener, for the admin port. Not on the hot path, so plain ASP.NET Core.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int BodyBytesMax = 4 << 20;

    private readonly WebApplication _application;

    private ControlServer(WebApplication application)
    {
        _application = application;
    }

    public string Address =>
        _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts it; <paramref name="name"/> is the setting to change when the address is taken, for the message.</summary>
    /// <exception cref="StartRefusedException">The address cannot be bound.</exception>
    public static async Task<ControlServer> StartAsync(
        string name, IPAddress address, int port, ILoggerFactory loggers, Action<WebApplication> map, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyBytesMax;
            server.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        var application = builder.Build();
        map(application);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception busy) when (busy is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw StartRefusedException.CannotListen(address, port, name, busy);
        }

        return new ControlServer(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
