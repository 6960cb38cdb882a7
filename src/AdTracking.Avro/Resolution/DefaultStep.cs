using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>A field that was not written: its default has been put there already.</summary>
internal sealed class DefaultStep : ResolutionStep
{
    public static DefaultStep Instance { get; } = new();

    public override void Run(ref AvroReader source, ResolvedBytes target) => StepLimits.Check(ref source, target);
}
