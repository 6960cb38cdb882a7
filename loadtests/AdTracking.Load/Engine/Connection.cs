using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AdTracking.Load.Responses;

namespace AdTracking.Load.Engine;

/// <summary>One connection with at most one request under way. It connects when it is needed, and again after an error.</summary>
internal sealed class Connection(EndPoint endPoint, bool keepAlive, TimeSpan timeout) : IDisposable
{
    private const int AnswerBytesMax = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private byte[] _buffer = new byte[8 * 1024];
    private Socket? _socket;
    private long _startedAt;
    private bool _isTimedOut;
    private bool _isDisposed;

    /// <summary>Sends a request and receives its answer.</summary>
    public async ValueTask<Outcome> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        lock (_gate)
        {
            _startedAt = Stopwatch.GetTimestamp();
        }

        Outcome outcome;
        var isConnected = _socket is not null;
        try
        {
            if (!isConnected)
            {
                await ConnectAsync();
                isConnected = true;
            }

            for (var rest = request; rest.Length > 0;)
            {
                rest = rest[await _socket!.SendAsync(rest, SocketFlags.None)..];
            }

            outcome = await ReceiveAsync();
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            outcome = isConnected ? Outcome.Closed : Outcome.NotConnected;
        }

        return End(outcome);
    }

    /// <summary>Gives the request under way up when it is older than the time-out.</summary>
    public void CloseWhenLate()
    {
        lock (_gate)
        {
            if (_startedAt != 0 && Stopwatch.GetElapsedTime(_startedAt) > timeout)
            {
                _isTimedOut = true;
                _socket?.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _socket?.Dispose();
        }
    }

    private async ValueTask ConnectAsync()
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _socket = socket;
        }

        await socket.ConnectAsync(endPoint);
    }

    private async ValueTask<Outcome> ReceiveAsync()
    {
        var received = 0;
        while (true)
        {
            var count = await _socket!.ReceiveAsync(_buffer.AsMemory(received), SocketFlags.None);
            received += count;
            if (count == 0)
            {
                return Outcome.Closed;
            }

            var state = ResponseParser.Parse(_buffer.AsSpan(0, received), out var response);
            if (state == ParseState.Malformed || (state == ParseState.Complete && response.Length != received) || received == AnswerBytesMax)
            {
                return Outcome.Malformed;
            }

            if (state == ParseState.Complete)
            {
                if (!keepAlive || !response.KeepsAlive)
                {
                    Forget();
                }

                return Outcome.Answered(response.Status);
            }

            if (received == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }
    }

    private Outcome End(Outcome outcome)
    {
        bool isTimedOut;
        lock (_gate)
        {
            isTimedOut = _isTimedOut;
            _startedAt = 0;
            _isTimedOut = false;
        }

        // A socket that was given up is closed even when its answer came at that moment.
        var isFailed = outcome.Error is not null && !outcome.HasLatency;
        if (isTimedOut || isFailed)
        {
            Forget();
        }

        return isTimedOut && isFailed ? Outcome.TimedOut : outcome;
    }

    private void Forget()
    {
        lock (_gate)
        {
            _socket?.Dispose();
            _socket = null;
        }
    }
}
