using System.Security.Cryptography;

namespace AdTracking.Kafka.Authentication;

/// <summary>SCRAM-SHA-256 and SCRAM-SHA-512 (RFC 5802, RFC 7677): the password is never sent, and the broker proves that it knows it too.</summary>
internal sealed class ScramMechanism(HashAlgorithmName hash, string user, string password) : ISaslMechanism
{
    private const int NonceBytes = 24;

    /// <inheritdoc/>
    public string Name => hash == HashAlgorithmName.SHA512 ? "SCRAM-SHA-512" : "SCRAM-SHA-256";

    /// <inheritdoc/>
    public ValueTask<ISaslExchange> StartAsync(CancellationToken cancellation) => ValueTask.FromResult<ISaslExchange>(
        new ScramExchange(hash, user, password, Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes))));
}
