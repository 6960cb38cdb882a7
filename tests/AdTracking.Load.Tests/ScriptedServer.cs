using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AdTracking.Load.Tests;

/// <summary>Answers GET requests with given bytes, each after what the script says. Requests are numbered over all connections.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, Task> _script;
    private readonly byte[] _answer;
    private readonly ConcurrentBag<Socket> _sockets = []; // Also keeps them alive: nothing else refers to a connection whose script never ends.
    private int _count;

    public ScriptedServer(Func<int, Task> script, string answer = "HTTP/1.1 204 No Content\r\n\r\n")
    {
        _script = script;
        _answer = System.Text.Encoding.ASCII.GetBytes(answer);
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public int Requests => Volatile.Read(ref _count);

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                _sockets.Add(socket);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        var buffer = new byte[4096];
        try
        {
            for (int length = 0, count; (count = await socket.ReceiveAsync(buffer.AsMemory(length))) > 0;)
            {
                length += count;
                if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                {
                    length = 0;
                    await _script(Interlocked.Increment(ref _count) - 1);
                    await socket.SendAsync(_answer);
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return;
        }
    }
}
