namespace AdTracking.Emitter.Kafka;

/// <summary>A <see cref="TopicReport"/> in the making.</summary>
internal sealed class TopicFindings
{
    public List<string> Problems { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Created { get; } = [];

    public TopicReport Report(bool reachable) =>
        new() { Reachable = reachable, Problems = Problems, Warnings = Warnings, Created = Created };
}
