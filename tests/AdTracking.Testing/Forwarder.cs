using System.Net;
using System.Net.Sockets;

namespace AdTracking.Testing;

/// <summary>Passes connections of a port on to another address: a server that comes up late, or goes away, on a port that is known before.</summary>
public sealed class Forwarder : IDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly Task _accepting;

    /// <summary>Listens from now on.</summary>
    public Forwarder(int port, string target)
    {
        _target = IPEndPoint.Parse(target);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _accepting.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = PassAsync(await _listener.AcceptTcpClientAsync());
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            using var server = new TcpClient();
            await server.ConnectAsync(_target);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream()),
                server.GetStream().CopyToAsync(client.GetStream()));
        }
    }
}
