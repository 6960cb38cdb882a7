using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Connections;

/// <summary>One connection to one broker: bytes out, frames in. One task sends and one receives, at most.</summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly int _answerBytesMax;
    private readonly byte[] _length = new byte[RequestFrame.LengthBytes];

    private BrokerConnection(Socket socket, Stream stream, ServerAddress address, int answerBytesMax)
    {
        _socket = socket;
        _stream = stream;
        Address = address;
        _answerBytesMax = answerBytesMax;
    }

    /// <summary>Where it leads.</summary>
    public ServerAddress Address { get; }

    /// <summary>Connects, with TLS where the settings say so.</summary>
    /// <exception cref="KafkaConnectionException">It did not work, or not in time.</exception>
    public static async Task<BrokerConnection> OpenAsync(ServerAddress address, ConnectionSettings settings, CancellationToken cancellation)
    {
        // The default constructor makes a socket for IPv6 and IPv4. What a dead process has in its buffers must not reach Kafka later.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(enable: true, 0) };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            stream = new NetworkStream(socket, ownsSocket: false);
            if (settings.Tls is not null)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(settings.Tls.Read(address.Host), cancellation);
            }

            return new BrokerConnection(socket, stream, address, settings.AnswerBytesMax);
        }
        catch (Exception failure)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket.Dispose();
            throw Wrap(failure, $"No connection to {address}");
        }
    }

    /// <summary>Sends whole requests.</summary>
    /// <exception cref="KafkaConnectionException">The connection is gone.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> requests, CancellationToken cancellation)
    {
        try
        {
            await _stream.WriteAsync(requests, cancellation);
        }
        catch (Exception failure)
        {
            throw Wrap(failure, $"The connection to {Address} is gone");
        }
    }

    /// <summary>Waits for an answer and appends it, without its length, to <paramref name="frame"/>.</summary>
    /// <exception cref="KafkaConnectionException">The connection is gone.</exception>
    /// <exception cref="KafkaProtocolException">The answer's length is not possible.</exception>
    public async ValueTask<int> ReceiveAsync(WireBuffer frame, CancellationToken cancellation)
    {
        try
        {
            await _stream.ReadExactlyAsync(_length, cancellation);
            var bytes = BinaryPrimitives.ReadInt32BigEndian(_length);
            if (bytes < sizeof(int) || bytes > _answerBytesMax)
            {
                throw new KafkaProtocolException($"{Address} claims an answer of {bytes} bytes.");
            }

            await frame.ReadExactlyAsync(_stream, bytes, cancellation);
            return bytes;
        }
        catch (Exception failure) when (failure is not KafkaProtocolException)
        {
            throw Wrap(failure, $"The connection to {Address} is gone");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose(); // first: ending TLS politely could wait for the broker
        await _stream.DisposeAsync();
    }

    private static Exception Wrap(Exception failure, string what) => failure switch
    {
        OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted } =>
            new KafkaConnectionException($"{what}: it took too long.", failure),
        IOException or SocketException or AuthenticationException or ObjectDisposedException or ArgumentException or InvalidOperationException =>
            new KafkaConnectionException($"{what}: {(failure.InnerException ?? failure).Message}", failure),
        _ => failure,
    };
}
