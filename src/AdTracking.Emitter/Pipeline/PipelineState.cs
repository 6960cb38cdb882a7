namespace AdTracking.Emitter.Pipeline;

/// <summary>Whether events can be stored, and if not, why.</summary>
/// <param name="Ready">Events can be stored.</param>
/// <param name="Reasons">What keeps it from being ready, or what is not as it should be although it is.</param>
public sealed record PipelineState(bool Ready, IReadOnlyList<string> Reasons);
