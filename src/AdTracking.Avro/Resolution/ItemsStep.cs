using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Arrays and maps: block by block.</summary>
internal sealed class ItemsStep(SchemaPair items, bool withKeys) : ResolutionStep
{
    private readonly int _bytesMin = withKeys ? BlockReading.WithKey(items.Writer.EncodedBytesMin) : items.Writer.EncodedBytesMin;
    private ResolutionStep _item = RefuseStep.Instance;

    public override void Complete(ResolutionPlanner planner) => _item = planner.StepFor(items);

    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        if (!source.Enter())
        {
            return;
        }

        for (var left = source.ReadArrayBlock(_bytesMin, out var size); left > 0; left = source.ReadArrayBlock(_bytesMin, out size))
        {
            var start = source.Position;
            target.WriteLong(left);
            for (; left > 0 && !source.Failed; left--)
            {
                if (withKeys)
                {
                    target.WriteBytes(source.ReadStringUtf8());
                }

                _item.Run(ref source, target);
            }

            BlockReading.CheckSize(ref source, start, size);
        }

        target.WriteLong(0);
        source.Leave();
        StepLimits.Check(ref source, target);
    }
}
