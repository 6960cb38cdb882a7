using System.Security.Cryptography;
using AdTracking.Kafka.Authentication;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Connections;

/// <summary>What is said first on a connection: which versions the broker speaks, and who we are. One request at a time.</summary>
internal sealed class BrokerHandshake : IDisposable
{
    private const int StepsMax = 8;
    private readonly BrokerConnection _connection;
    private readonly ConnectionSettings _settings;
    private readonly WireBuffer _request = new(512);
    private readonly WireBuffer _answer = new(4_096);
    private int _correlationId;

    private BrokerHandshake(BrokerConnection connection, ConnectionSettings settings)
    {
        _connection = connection;
        _settings = settings;
    }

    /// <summary>Runs it.</summary>
    /// <returns>What the broker takes, and after how many milliseconds the session ends (0: never).</returns>
    /// <exception cref="KafkaConnectionException">The broker does not let us in, or is gone.</exception>
    /// <exception cref="KafkaProtocolException">An answer cannot be read.</exception>
    public static async Task<(ApiVersionsResponse Versions, long SessionMs)> RunAsync(
        BrokerConnection connection, ConnectionSettings settings, CancellationToken cancellation)
    {
        using var handshake = new BrokerHandshake(connection, settings);
        var versions = await handshake.AskVersionsAsync(cancellation);
        if (settings.Sasl is not { } mechanism)
        {
            return (versions, 0);
        }

        try
        {
            return (versions, await handshake.AuthenticateAsync(mechanism, versions, cancellation));
        }
        catch (SaslException failure)
        {
            throw new KafkaConnectionException($"{connection.Address}: {failure.Message}", failure);
        }
        catch (CryptographicException failure)
        {
            throw new KafkaConnectionException($"{connection.Address}: {mechanism.Name} failed.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _request.Dispose();
        _answer.Dispose();
    }

    // Older brokers answer a version that they do not know with an error. Every broker knows version 0.
    private async Task<ApiVersionsResponse> AskVersionsAsync(CancellationToken cancellation)
    {
        var body = new ApiVersionsRequest(_settings.SoftwareName, _settings.SoftwareVersion);
        foreach (var version in new[] { Api.ApiVersions.Newest, (short)0 })
        {
            await ExchangeAsync(Api.ApiVersions, version, writer => body.Write(writer, version), cancellation);
            var versions = ApiVersionsResponse.Read(_answer.Written, version);
            if (versions.Error == KafkaError.None)
            {
                return versions;
            }

            if (versions.Error != KafkaError.UnsupportedVersion)
            {
                throw new KafkaConnectionException(versions.Error, $"{_connection.Address} does not say what it takes: {versions.Error}.");
            }
        }

        throw new KafkaConnectionException(KafkaError.UnsupportedVersion, $"{_connection.Address} takes no version of {nameof(Api.ApiVersions)}.");
    }

    private async Task<long> AuthenticateAsync(ISaslMechanism mechanism, ApiVersionsResponse versions, CancellationToken cancellation)
    {
        if (versions.Best(Api.SaslHandshake) is not { } handshakeVersion || versions.Best(Api.SaslAuthenticate) is not { } version)
        {
            throw new KafkaConnectionException(KafkaError.UnsupportedVersion, $"{_connection.Address} does not take SASL in requests: it is too old.");
        }

        await ExchangeAsync(Api.SaslHandshake, handshakeVersion, writer => new SaslHandshakeRequest(mechanism.Name).Write(writer), cancellation);
        var handshake = SaslHandshakeResponse.Read(_answer.Written, handshakeVersion);
        if (handshake.Error != KafkaError.None)
        {
            throw new KafkaConnectionException(
                handshake.Error, $"{_connection.Address} does not take {mechanism.Name}; it takes {string.Join(", ", handshake.Mechanisms)}.");
        }

        var exchange = await mechanism.StartAsync(cancellation);
        var token = exchange.Next([]);
        var sessionMs = 0L;
        for (var step = 0; token is not null; step++)
        {
            if (step == StepsMax)
            {
                throw new SaslException("The exchange does not end.");
            }

            var sent = token;
            await ExchangeAsync(Api.SaslAuthenticate, version, writer => SaslAuthenticateRequest.Write(writer, sent), cancellation);
            var answer = SaslAuthenticateResponse.Read(_answer.Written, version);
            if (answer.Error != KafkaError.None)
            {
                throw new KafkaConnectionException(
                    answer.Error, $"{_connection.Address} refuses {mechanism.Name}: {answer.Message ?? answer.Error.ToString()}");
            }

            sessionMs = answer.SessionMs;
            token = exchange.Next(answer.Token);
        }

        return sessionMs;
    }

    private async Task ExchangeAsync(Api api, short version, Action<KafkaWriter> body, CancellationToken cancellation)
    {
        _request.Clear();
        _answer.Clear();
        var correlationId = _correlationId++;
        body(RequestFrame.Begin(_request, api, version, correlationId, _settings.ClientId));
        RequestFrame.End(_request, 0);
        await _connection.SendAsync(_request.WrittenMemory, cancellation);
        _ = await _connection.ReceiveAsync(_answer, cancellation);
        if (RequestFrame.CorrelationIdOf(_answer.Written) != correlationId)
        {
            throw new KafkaProtocolException($"{_connection.Address} answers another request than the one it was sent.");
        }
    }
}
