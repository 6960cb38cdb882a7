using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Resolution;

/// <summary>Makes the steps of a plan: one for each pair that meets, so that recursive types come back to their own.</summary>
internal sealed class ResolutionPlanner(PairGraph graph)
{
    // What the defaults of a schema may cost together. Ours have a handful of nodes and bytes.
    private const int DefaultNodesMax = 1_000_000;
    private const int DefaultBytesMax = 16 * 1024 * 1024;
    private const int DefaultDepthMax = 64;

    private readonly Dictionary<SchemaPair, ResolutionStep> _steps = [];
    private readonly Queue<ResolutionStep> _open = new();
    private readonly SameBytes _same = new(graph);
    private readonly DefaultEncoder _defaults = new(DefaultNodesMax, DefaultDepthMax);
    private int _defaultBytes;

    public ResolutionStep Plan()
    {
        var root = StepFor(graph.Root);
        while (_open.TryDequeue(out var step))
        {
            step.Complete(this);
        }

        return root;
    }

    public ResolutionStep StepFor(SchemaPair pair)
    {
        if (_steps.TryGetValue(pair, out var step))
        {
            return step;
        }

        step = Make(pair);
        _steps.Add(pair, step);
        _open.Enqueue(step);
        return step;
    }

    /// <summary>The bytes of a field's default; null where it has none, or one that is too large.</summary>
    public byte[]? DefaultOf(RecordField field)
    {
        if (field.Default is not { } value || _defaultBytes > DefaultBytesMax)
        {
            return null;
        }

        var bytes = _defaults.TryEncode(value, field.Schema);
        _defaultBytes += bytes?.Length ?? 0;
        return bytes;
    }

    private ResolutionStep Make(SchemaPair pair)
    {
        if (_same.Holds(pair))
        {
            return new CopyStep(pair.Writer);
        }

        if (pair.Writer.Type == SchemaType.Union)
        {
            return new WriterUnionStep(pair);
        }

        if (pair.IsChoice)
        {
            return UnionChoice.Of(pair) is { } link ? new ReaderUnionStep(pair.Links.IndexOf(link), link.Pair) : RefuseStep.Instance;
        }

        if (pair.Faults.Exists(static fault => fault.Rule is not (CompatibilityRule.MissingEnumSymbols
            or CompatibilityRule.DecimalMismatch or CompatibilityRule.LogicalTypeMismatch)))
        {
            return RefuseStep.Instance;
        }

        return (pair.Reader, pair.Writer) switch
        {
            (RecordSchema, _) => new RecordStep(pair),
            (ArraySchema, _) => new ItemsStep(pair.Links[0].Pair, withKeys: false),
            (MapSchema, _) => new ItemsStep(pair.Links[0].Pair, withKeys: true),
            (EnumSchema reader, EnumSchema writer) => new EnumStep(reader, writer),
            ({ Type: SchemaType.Float or SchemaType.Double }, _) when pair.Reader.Type != pair.Writer.Type =>
                new WidenStep(pair.Writer.Type, pair.Reader.Type),
            _ => new TextStep(),
        };
    }
}
