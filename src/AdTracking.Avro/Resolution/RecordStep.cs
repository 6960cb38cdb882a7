using System.Buffers;
using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>Records: fields that the reader wants, in its order; defaults for those that were not written. Where the order is the writer's,
/// in one pass; otherwise the fields are looked up first, and read at their places then.</summary>
internal sealed class RecordStep(SchemaPair pair) : ResolutionStep
{
    private readonly RecordSchema _writer = (RecordSchema)pair.Writer;
    private FieldSource[] _fields = [];
    private bool _inOrder;

    public override void Complete(ResolutionPlanner planner)
    {
        var reader = (RecordSchema)pair.Reader;
        var sources = FieldPairRules.Match(reader, _writer);
        var pairs = pair.Links.ToDictionary(link => link.ReaderField!, link => link.Pair);
        _fields = new FieldSource[sources.Length];
        _inOrder = true;
        var last = -1;
        for (var i = 0; i < sources.Length; i++)
        {
            var field = reader.Fields[i];
            if (sources[i] is { } source)
            {
                _inOrder &= source.Index > last;
                last = source.Index;
                _fields[i] = new FieldSource(source.Index, planner.StepFor(pairs[field]), []);
            }
            else
            {
                var value = planner.DefaultOf(field);
                _fields[i] = new FieldSource(-1, value is null ? RefuseStep.Instance : DefaultStep.Instance, value ?? []);
            }
        }
    }

    public override void Run(ref AvroReader source, ResolvedBytes target)
    {
        if (!source.Enter(_writer.Fields.Count + _fields.Length))
        {
            return;
        }

        if (_inOrder)
        {
            RunInOrder(ref source, target);
        }
        else
        {
            RunByPlace(ref source, target);
        }

        source.Leave();
        StepLimits.Check(ref source, target);
    }

    private void RunInOrder(ref AvroReader source, ResolvedBytes target)
    {
        var next = 0;
        foreach (var field in _fields)
        {
            if (field.Field < 0)
            {
                target.WriteEncoded(field.Default);
                field.Step.Run(ref source, target);
                continue;
            }

            for (; next < field.Field && !source.Failed; next++)
            {
                AvroSkip.Value(ref source, _writer.Fields[next].Schema);
            }

            field.Step.Run(ref source, target);
            next = field.Field + 1;
            if (source.Failed)
            {
                return;
            }
        }

        for (; next < _writer.Fields.Count && !source.Failed; next++)
        {
            AvroSkip.Value(ref source, _writer.Fields[next].Schema);
        }
    }

    private void RunByPlace(ref AvroReader source, ResolvedBytes target)
    {
        var places = ArrayPool<int>.Shared.Rent(_writer.Fields.Count);
        for (var i = 0; i < _writer.Fields.Count; i++)
        {
            places[i] = source.Position;
            AvroSkip.Value(ref source, _writer.Fields[i].Schema);
        }

        var end = source.Position;
        foreach (var field in _fields)
        {
            if (source.Failed)
            {
                break;
            }

            if (field.Field >= 0)
            {
                source.Seek(places[field.Field]);
            }
            else
            {
                target.WriteEncoded(field.Default);
            }

            field.Step.Run(ref source, target);
        }

        source.Seek(end);
        ArrayPool<int>.Shared.Return(places);
    }
}
