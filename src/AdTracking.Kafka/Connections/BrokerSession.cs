using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Connections;

/// <summary>One question at a time to one broker, each awaited: for what is asked seldom. Connects when it is asked, and once more when the
/// connection of an earlier question is gone by now.</summary>
internal sealed class BrokerSession(ServerAddress address, ConnectionSettings settings, TimeProvider? clock = null) : IAsyncDisposable
{
    private const double SessionShare = 0.85;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly WireBuffer _request = new();
    private readonly WireBuffer _answer = new();
    private BrokerConnection? _connection;
    private ApiVersionsResponse? _versions;
    private DateTimeOffset _endsAt = DateTimeOffset.MaxValue;
    private int _correlationId;

    /// <summary>The last answer, without its length. It stays until the next question.</summary>
    public ReadOnlySpan<byte> Answer => _answer.Written;

    /// <summary>Asks, and waits for <see cref="Answer"/>.</summary>
    /// <returns>The version of question and answer: the newest that both sides know.</returns>
    /// <exception cref="KafkaConnectionException">The broker cannot be asked, or not in time.</exception>
    /// <exception cref="KafkaProtocolException">An answer cannot be read.</exception>
    public async Task<short> AskAsync(Api api, Action<KafkaWriter, short> body, CancellationToken cancellation)
    {
        if (_connection is not null && _clock.GetUtcNow() >= _endsAt)
        {
            await CloseAsync();
        }

        var isUsed = _connection is not null;
        try
        {
            return await TryAskAsync(api, body, cancellation);
        }
        catch (KafkaConnectionException) when (isUsed && !cancellation.IsCancellationRequested)
        {
            return await TryAskAsync(api, body, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _request.Dispose();
        _answer.Dispose();
    }

    private async Task<short> TryAskAsync(Api api, Action<KafkaWriter, short> body, CancellationToken cancellation)
    {
        try
        {
            var connection = _connection ?? await OpenAsync(cancellation);
            if (_versions!.Best(api) is not { } version)
            {
                throw new KafkaConnectionException(KafkaError.UnsupportedVersion, $"{address} takes no version of {api.Key} that is spoken here.");
            }

            _request.Clear();
            _answer.Clear();
            var correlationId = _correlationId++;
            body(RequestFrame.Begin(_request, api, version, correlationId, settings.ClientId), version);
            RequestFrame.End(_request, 0);
            await connection.SendAsync(_request.WrittenMemory, cancellation);
            _ = await connection.ReceiveAsync(_answer, cancellation);
            return RequestFrame.CorrelationIdOf(_answer.Written) == correlationId
                ? version : throw new KafkaProtocolException($"{address} answers another request than the one it was sent.");
        }
        catch
        {
            await CloseAsync(); // half of an answer may be on it
            throw;
        }
    }

    private async Task<BrokerConnection> OpenAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.ConnectTimeoutMs);
        _connection = await BrokerConnection.OpenAsync(address, settings, limit.Token);
        var (versions, sessionMs) = await BrokerHandshake.RunAsync(_connection, settings, limit.Token);
        _versions = versions;
        _endsAt = sessionMs == 0 ? DateTimeOffset.MaxValue : _clock.GetUtcNow() + TimeSpan.FromMilliseconds(SessionShare * sessionMs);
        return _connection;
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
