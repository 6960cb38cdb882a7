using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Both schemas encode alike: the bytes are checked and taken over. Also an int for a long, a string for bytes.</summary>
internal sealed class CopyStep(AvroSchema writer) : ResolutionStep
{
    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        var start = source.Position;
        AvroSkip.Value(ref source, writer);
        target.WriteEncoded(source.Since(start));
        StepLimits.Check(ref source, target);
    }
}
