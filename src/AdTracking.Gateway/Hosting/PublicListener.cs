using System.Net;
using System.Net.Sockets;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Gateway.Intake;
using AdTracking.Gateway.Telemetry;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace AdTracking.Gateway.Hosting;

/// <summary>Kestrel without the hosting layer: no HttpContext, no middleware, no scope and no activity a request.</summary>
internal sealed class PublicListener : IDisposable
{
    private readonly KestrelServer _server;
    private readonly HttpOptions _http;

    public PublicListener(GatewayOptions options, ConnectionGauge connections, ILoggerFactory loggers)
    {
        _http = options.Http;
        var transport = new SocketTransportOptions { UnsafePreferInlineScheduling = true, Backlog = 4_096 };
        _server = new KestrelServer(
            Options.Create(ServerOptions(options, connections)), new SocketTransportFactory(Options.Create(transport), loggers), loggers);
    }

    /// <summary>The address really bound, once <see cref="StartAsync"/> is done.</summary>
    public string Address => _server.Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <exception cref="StartRefusedException">The address cannot be bound.</exception>
    public async Task StartAsync(BeaconApplication application, CancellationToken cancellation)
    {
        try
        {
            await _server.StartAsync(application, cancellation);
        }
        catch (Exception busy) when (busy is IOException or SocketException)
        {
            throw new StartRefusedException(
                ExitCode.Configuration,
                $"Cannot listen on {_http.Address}:{_http.Port}: {busy.InnerException?.Message ?? busy.Message}. "
                + "Choose another with --Http:Address= and --Http:Port=",
                busy);
        }
    }

    /// <summary>Takes no more connections and lets running requests end until <paramref name="deadline"/> fires.</summary>
    public Task StopAsync(CancellationToken deadline) => _server.StopAsync(deadline);

    public void Dispose() => _server.Dispose();

    private static KestrelServerOptions ServerOptions(GatewayOptions options, ConnectionGauge connections)
    {
        var limits = options.Limits;
        var server = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        server.Limits.MaxRequestLineSize = limits.RequestLineBytesMax;
        server.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytesMax;
        server.Limits.MaxRequestBufferSize = Math.Max(1 << 20, limits.HeaderBytesMax + limits.RequestLineBytesMax);
        server.Limits.MaxRequestBodySize = null; // the routes have limits of their own and name them in the answer
        server.Limits.MaxConcurrentConnections = limits.ConnectionsMax;
        server.Limits.MaxConcurrentUpgradedConnections = 0;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(limits.HeaderReadMs);
        server.Limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(limits.KeepAliveMs);
        server.Limits.MinRequestBodyDataRate = limits.BodyRateMin == 0
            ? null
            : new MinDataRate(limits.BodyRateMin, TimeSpan.FromMilliseconds(limits.BodyRateGraceMs));
        server.Listen(IPAddress.Parse(options.Http.Address), options.Http.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(connections.Count);
        });
        return server;
    }
}
