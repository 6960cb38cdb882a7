using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Bytes for a string: they have to be UTF-8.</summary>
internal sealed class TextStep : ResolutionStep
{
    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        target.WriteBytes(source.ReadStringUtf8());
        StepLimits.Check(ref source, target);
    }
}
