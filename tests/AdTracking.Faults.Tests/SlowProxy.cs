using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AdTracking.Faults.Tests;

/// <summary>Hands bytes on between a port and another one, each way a while later: a broker at the end of a long line.</summary>
internal sealed class SlowProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private long _delayMs;

    public SlowProxy(int port, int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>One way, in milliseconds; changeable at any time.</summary>
    public long DelayMs
    {
        get => Interlocked.Read(ref _delayMs);
        set => Interlocked.Exchange(ref _delayMs, value);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = ServeAsync(near);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        using (near)
        {
            try
            {
                near.NoDelay = true;
                await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAny(HandOnAsync(near.GetStream(), far.GetStream()), HandOnAsync(far.GetStream(), near.GetStream()));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException or IOException)
            {
                // One side has gone.
            }
        }
    }

    private async Task HandOnAsync(NetworkStream from, NetworkStream to)
    {
        var late = Channel.CreateUnbounded<(long DueMs, byte[] Bytes)>();
        var writing = WriteAsync(late.Reader, to);
        try
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = await from.ReadAsync(buffer, _end.Token)) > 0;)
            {
                late.Writer.TryWrite((Environment.TickCount64 + DelayMs, buffer[..count]));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException)
        {
            // One side has gone.
        }

        late.Writer.Complete();
        await writing;
    }

    private async Task WriteAsync(ChannelReader<(long DueMs, byte[] Bytes)> late, NetworkStream to)
    {
        try
        {
            await foreach (var (dueMs, bytes) in late.ReadAllAsync(_end.Token))
            {
                var wait = dueMs - Environment.TickCount64;
                if (wait > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(wait), _end.Token);
                }

                await to.WriteAsync(bytes, _end.Token);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException)
        {
            // One side has gone.
        }
    }
}
