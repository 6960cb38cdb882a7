namespace AdTracking.Emitter.Kafka;

/// <summary>What a look at the topics found.</summary>
public sealed record TopicReport
{
    /// <summary>Whether the cluster answered. If not, nothing is known and nothing was done; look again later.</summary>
    public required bool Reachable { get; init; }

    /// <summary>What has to be put right before events can be stored. Each says how.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What works and still is not as it should be.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Topics that were made.</summary>
    public required IReadOnlyList<string> Created { get; init; }
}
