using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>The writer says which branch: each has a step of its own.</summary>
internal sealed class WriterUnionStep(SchemaPair pair) : ResolutionStep
{
    private ResolutionStep[] _branches = [];

    public override void Complete(ResolutionPlanner planner) => _branches = [.. pair.Links.Select(link => planner.StepFor(link.Pair))];

    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        var index = source.ReadUnionIndex(_branches.Length);
        if (!source.Failed)
        {
            _branches[index].Run(ref source, target);
        }
    }
}
