namespace AdTracking.Kafka.Authentication;

/// <summary>Where bearer tokens come from.</summary>
internal interface ITokenSource
{
    /// <summary>A token that is valid now.</summary>
    /// <exception cref="SaslException">There is none.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellation);
}
