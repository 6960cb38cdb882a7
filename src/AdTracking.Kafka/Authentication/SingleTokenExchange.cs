using System.Text;

namespace AdTracking.Kafka.Authentication;

/// <summary>One token from the client; the broker answers with nothing when it is good.</summary>
internal sealed class SingleTokenExchange(byte[] token, byte[]? afterRefusal) : ISaslExchange
{
    private const int RefusalCharactersMax = 500;
    private int _step;
    private string? _refusal;

    /// <inheritdoc/>
    public byte[]? Next(ReadOnlySpan<byte> challenge)
    {
        if (_step++ == 0)
        {
            return token;
        }

        if (challenge.IsEmpty && _refusal is null)
        {
            return null;
        }

        // OAUTHBEARER: the broker says why in a challenge, and fails the exchange once that is answered.
        if (_step == 2 && afterRefusal is not null)
        {
            _refusal = Encoding.UTF8.GetString(challenge[..Math.Min(RefusalCharactersMax, challenge.Length)]);
            return afterRefusal;
        }

        throw new SaslException("The broker does not accept the credentials" + (_refusal is null ? "." : ": " + _refusal));
    }
}
