using System.Text;

namespace AdTracking.Kafka.Authentication;

/// <summary>PLAIN (RFC 4616): the password itself, so only over TLS or in a network that is trusted.</summary>
/// <remarks><code>token = 00, user (UTF-8), 00, password (UTF-8)</code></remarks>
internal sealed class PlainMechanism(string user, string password) : ISaslMechanism
{
    /// <inheritdoc/>
    public string Name => "PLAIN";

    /// <inheritdoc/>
    public ValueTask<ISaslExchange> StartAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<ISaslExchange>(new SingleTokenExchange(Encoding.UTF8.GetBytes($"\0{user}\0{password}"), afterRefusal: null));
}
