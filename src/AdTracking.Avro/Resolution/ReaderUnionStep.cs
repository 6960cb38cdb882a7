using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>The reader has a union: the branch is known beforehand.</summary>
internal sealed class ReaderUnionStep(int index, SchemaPair branch) : ResolutionStep
{
    private ResolutionStep _branch = RefuseStep.Instance;

    public override void Complete(ResolutionPlanner planner) => _branch = planner.StepFor(branch);

    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        target.WriteLong(index);
        _branch.Run(ref source, target);
    }
}
