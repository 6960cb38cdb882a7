using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Stands where the reader cannot take what the writer wrote: an error when such a value comes.</summary>
internal sealed class RefuseStep : ResolutionStep
{
    public static RefuseStep Instance { get; } = new();

    public override void Run(ref AvroReader source, ResolvedBytes target) => source.Fail(AvroReadError.NotResolvable);
}
