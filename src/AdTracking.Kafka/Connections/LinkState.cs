namespace AdTracking.Kafka.Connections;

/// <summary>What a link to a broker is good for.</summary>
internal enum LinkState
{
    /// <summary>It connects, negotiates versions and authenticates.</summary>
    Opening,

    /// <summary>It takes requests.</summary>
    Ready,

    /// <summary>It is over. Answers that came before can still be read.</summary>
    Broken,
}
