using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Configuration;

namespace AdTracking.Gateway.Readiness;

/// <summary>Whether events can be stored, and what is wrong if not (or although).</summary>
internal sealed class HealthReport(EventPipeline pipeline, IntakeGate gate, ClusterCheck topics)
{
    public bool IsReady => !gate.IsDraining && pipeline.State.Ready;

    /// <summary>What keeps it from being ready, or from being well.</summary>
    public IReadOnlyList<string> Reasons => [.. gate.Reasons, .. pipeline.State.Reasons.Select(SettingNames.Translate)];

    /// <summary>What is stored with less safety than it could be: the topics' configuration.</summary>
    public IReadOnlyList<string> Warnings => topics.Warnings;
}
