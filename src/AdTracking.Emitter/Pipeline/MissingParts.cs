namespace AdTracking.Emitter.Pipeline;

/// <summary>What one look at Kafka and the schema ids has found missing.</summary>
/// <param name="journals">Whether the journal takes events while Kafka is away.</param>
internal sealed class MissingParts(bool journals)
{
    /// <summary>What keeps events from being taken.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What keeps events from Kafka while the journal takes them.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Where it belongs that Kafka is away or does not have something yet.</summary>
    public List<string> Absences => journals ? Notices : Problems;
}
