using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using AdTracking.Kafka.Client.Tests.Broker;
using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Client.Tests.Connections;

/// <summary>A broker on loopback that lets clients in, or does not, and answers InitProducerId with the number of the request.</summary>
internal sealed class SocketBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _clients = [];
    private Task _accepting = Task.CompletedTask;

    /// <summary>TLS of the server's side, or null.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>Makes the server's side of an exchange, or null for no authentication.</summary>
    public Func<SaslServer>? Sasl { get; init; }

    /// <summary>The newest ApiVersions that it knows.</summary>
    public short NewestApiVersions { get; init; } = 4;

    /// <summary>What sessions are limited to; 0 is not at all.</summary>
    public long SessionMs { get; init; }

    /// <summary>Whether it answers nothing at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What it sends in place of an answer to InitProducerId, before it closes the connection; null for the answer.</summary>
    public byte[]? InsteadOfAnAnswer { get; init; }

    /// <summary>Where it listens.</summary>
    public ServerAddress Address => new("localhost", ((IPEndPoint)_listener.LocalEndpoint).Port);

    /// <summary>Begins to accept.</summary>
    public SocketBroker Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_clients);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or InvalidOperationException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            Stream stream = client.GetStream();
            if (Tls is not null)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsServerAsync(Tls, _end.Token);
            }

            await using var owner = stream;
            await AnswerAllAsync(stream);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client is gone, or was not let in.
        }
    }

    private async Task AnswerAllAsync(Stream stream)
    {
        var length = new byte[4];
        var sasl = Sasl?.Invoke();
        using var answer = new WireBuffer();
        while (true)
        {
            await stream.ReadExactlyAsync(length, _end.Token);
            var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            await stream.ReadExactlyAsync(frame, _end.Token);
            answer.Clear();
            var goesOn = Answer(frame, answer, sasl);
            await stream.WriteAsync(answer.WrittenMemory, _end.Token);
            if (!goesOn)
            {
                return;
            }
        }
    }

    private bool Answer(byte[] frame, WireBuffer answer, SaslServer? sasl)
    {
        var head = RequestHead.Read(frame, out var body);
        switch (head.Api.Key)
        {
            case var _ when IsSilent:
                return true;
            case ApiKey.ApiVersions:
                head.AnswerVersions(answer, api => api.Key == ApiKey.ApiVersions ? ((short)0, NewestApiVersions) : (api.Oldest, api.Newest));
                return true;
            case ApiKey.SaslHandshake:
                var isTaken = body.ReadString() == sasl?.Mechanism;
                var writer = head.BeginAnswer(answer);
                writer.WriteInt16((short)(isTaken ? KafkaError.None : KafkaError.UnsupportedSaslMechanism));
                writer.WriteCount(1);
                writer.WriteString(sasl?.Mechanism ?? "GSSAPI");
                break;
            case ApiKey.SaslAuthenticate:
                var token = sasl!.Next(body.ReadBytes().ToArray());
                writer = head.BeginAnswer(answer);
                writer.WriteInt16((short)(token is null ? KafkaError.SaslAuthenticationFailed : KafkaError.None));
                writer.WriteString(token is null ? "not you" : null);
                writer.WriteBytes(token);
                writer.WriteInt64(SessionMs);
                writer.WriteNoTags();
                break;
            case var _ when InsteadOfAnAnswer is not null:
                answer.Append(InsteadOfAnAnswer);
                return false;
            default:
                writer = head.BeginAnswer(answer);
                writer.WriteInt32(0);
                writer.WriteInt16(0);
                writer.WriteInt64(head.CorrelationId);
                writer.WriteInt16(0);
                writer.WriteNoTags();
                break;
        }

        RequestFrame.End(answer, 0);
        return true;
    }
}
