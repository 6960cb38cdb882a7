using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Generic;
using AdTracking.Avro.Schemas;
using AdTracking.Avro.Wire;

namespace AdTracking.Avro.Resolution;

/// <summary>A plan to read data of a writer's schema with a reader's (Avro 1.12, "Schema Resolution"): it turns the writer's bytes into the
/// bytes that the reader's schema has for the value, which every decoder of that schema then reads: generated classes, <see
/// cref="GenericJson"/>. Made once for a pair of schemas, then run for every value, from any thread. Where the schemas do not fit, the plan
/// exists all the same: values that can be read are, and others are <see cref="AvroReadError.NotResolvable"/>.</summary>
public sealed class SchemaResolution
{
    private readonly ResolutionStep _step;

    private SchemaResolution(AvroSchema reader, AvroSchema writer)
    {
        Reader = reader;
        Writer = writer;
        PairGraph graph = new(reader, writer);
        Problems = new PairReport(graph).Problems();
        IsCompatible = !graph.Root.IsBroken;
        _step = graph.IsTooLarge ? RefuseStep.Instance : new ResolutionPlanner(graph).Plan();
    }

    /// <summary>The schema that values are wanted in.</summary>
    public AvroSchema Reader { get; }

    /// <summary>The schema that values were written in.</summary>
    public AvroSchema Writer { get; }

    /// <summary>What does not fit, warnings included.</summary>
    public IReadOnlyList<CompatibilityProblem> Problems { get; }

    /// <summary>True where every value can be read.</summary>
    public bool IsCompatible { get; }

    /// <summary>True where both schemas have the same bytes for every value: nothing has to be done.</summary>
    public bool IsIdentity => _step is CopyStep;

    /// <summary>Makes the plan.</summary>
    public static SchemaResolution Plan(AvroSchema reader, AvroSchema writer) => new(reader, writer);

    /// <summary>Reads the source's next value; what became of it is in <paramref name="target"/>, without what was there before.</summary>
    public AvroReadError Resolve(ref AvroReader source, ResolvedBytes target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.Clear();
        _step.Run(ref source, target);
        if (source.Failed)
        {
            target.Clear();
        }

        return source.Error;
    }

    /// <summary>Reads one value that fills all of <paramref name="source"/>.</summary>
    public AvroReadError Resolve(ReadOnlySpan<byte> source, ResolvedBytes target, AvroReadLimits? limits = null)
    {
        AvroReader reader = new(source, limits ?? AvroReadLimits.Default);
        var error = Resolve(ref reader, target);
        reader.ReadEnd();
        if (reader.Failed)
        {
            target.Clear();
        }

        return error == AvroReadError.None ? reader.Error : error;
    }
}
