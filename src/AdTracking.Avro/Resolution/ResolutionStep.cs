using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Reads one value as the writer wrote it and writes it as the reader wants it.</summary>
internal abstract class ResolutionStep
{
    /// <summary>Does it; what goes wrong is the source's error.</summary>
    public abstract void Run(ref AvroReader source, ResolvedBytes target);

    /// <summary>The further steps are known only when this one exists: types may contain themselves.</summary>
    public virtual void Complete(ResolutionPlanner planner)
    {
    }
}
