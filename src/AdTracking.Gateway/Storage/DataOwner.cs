namespace AdTracking.Gateway.Storage;

/// <summary>What the contents of a data directory are about.</summary>
/// <param name="Kafka">Kafka's cluster id, or <see cref="Embedded"/>.</param>
/// <param name="Registry">The registry's address, or <see cref="Embedded"/>.</param>
internal sealed record DataOwner(string Kafka, string Registry)
{
    /// <summary>The embedded parts count as one and the same from start to start.</summary>
    public const string Embedded = "embedded";
}
