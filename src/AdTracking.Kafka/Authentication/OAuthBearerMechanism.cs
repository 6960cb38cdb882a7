using System.Text;

namespace AdTracking.Kafka.Authentication;

/// <summary>OAUTHBEARER (RFC 7628).</summary>
/// <remarks><code>token = "n,,", 01, "auth=Bearer " token, 01, 01     answer to a refusal = 01</code></remarks>
internal sealed class OAuthBearerMechanism(ITokenSource tokens) : ISaslMechanism
{
    /// <inheritdoc/>
    public string Name => "OAUTHBEARER";

    /// <inheritdoc/>
    public async ValueTask<ISaslExchange> StartAsync(CancellationToken cancellation)
    {
        var token = await tokens.GetAsync(cancellation);
        if (token.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E'))
        {
            throw new SaslException("The bearer token contains characters that no token has.");
        }

        return new SingleTokenExchange(Encoding.ASCII.GetBytes($"n,,\u0001auth=Bearer {token}\u0001\u0001"), afterRefusal: [1]);
    }
}
