namespace AdTracking.Kafka.Authentication;

/// <summary>The client's side of one SASL exchange. It serves one connection.</summary>
internal interface ISaslExchange
{
    /// <summary>The client's answer to the broker's token (empty for the first step), or null when the exchange is over and good.</summary>
    /// <exception cref="SaslException">The broker's token is not what the mechanism says, or proves that it does not know the password.</exception>
    byte[]? Next(ReadOnlySpan<byte> challenge);
}
