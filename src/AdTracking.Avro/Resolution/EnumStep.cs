using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>The reader's index for each of the writer's symbols; the default's for those that it does not know.</summary>
internal sealed class EnumStep : ResolutionStep
{
    private readonly int[] _indexes;

    public EnumStep(EnumSchema reader, EnumSchema writer)
    {
        Dictionary<string, int> known = [];
        for (var i = 0; i < reader.Symbols.Count; i++)
        {
            known[reader.Symbols[i]] = i;
        }

        var byDefault = reader.Default is null ? -1 : known[reader.Default];
        _indexes = [.. writer.Symbols.Select(symbol => known.GetValueOrDefault(symbol, byDefault))];
    }

    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        var index = source.ReadEnum(_indexes.Length);
        if (source.Failed)
        {
            return;
        }

        if (_indexes[index] < 0)
        {
            source.Fail(AvroReadError.NotResolvable);
        }
        else
        {
            target.WriteLong(_indexes[index]);
        }

        StepLimits.Check(ref source, target);
    }
}
