using AdTracking.Emitter;

namespace AdTracking.Gateway.Hosting;

/// <summary>Whether events can be stored, and what is wrong if not (or although).</summary>
internal sealed class Readiness(EventPipeline pipeline, StartGate gate)
{
    public bool IsReady => gate.IsOpen && pipeline.State.Ready;

    public IReadOnlyList<string> Reasons => [.. gate.Reasons, .. pipeline.State.Reasons];
}
