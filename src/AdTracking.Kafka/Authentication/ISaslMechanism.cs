namespace AdTracking.Kafka.Authentication;

/// <summary>A way to authenticate, with its credentials.</summary>
internal interface ISaslMechanism
{
    /// <summary>Its registered name.</summary>
    string Name { get; }

    /// <summary>Begins an exchange. Where credentials have to be fetched, they are fetched here.</summary>
    /// <exception cref="SaslException">There are no credentials.</exception>
    ValueTask<ISaslExchange> StartAsync(CancellationToken cancellation);
}
