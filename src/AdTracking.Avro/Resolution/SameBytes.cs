using AdTracking.Avro.Compatibility;
using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Resolution;

/// <summary>The pairs whose values have the same bytes in both schemas: same fields in the same order, same branches, same symbols. Such
/// values are copied, whatever they contain. Pairs are the same until something says otherwise, which then spreads to those that rest on
/// them.</summary>
internal sealed class SameBytes
{
    private readonly HashSet<SchemaPair> _different = [];

    public SameBytes(PairGraph graph)
    {
        Queue<SchemaPair> open = new();
        foreach (var pair in graph.Pairs.Where(static pair => !IsSameHere(pair)))
        {
            _different.Add(pair);
            open.Enqueue(pair);
        }

        while (open.TryDequeue(out var pair))
        {
            foreach (var parent in pair.Parents)
            {
                if (RestsOn(parent, pair) && _different.Add(parent))
                {
                    open.Enqueue(parent);
                }
            }
        }
    }

    /// <summary>True where the bytes are the same. A value that comes into a union gets an index, so it never is by itself.</summary>
    public bool Holds(SchemaPair pair) => !pair.IsChoice && !_different.Contains(pair);

    private static bool RestsOn(SchemaPair parent, SchemaPair child) => !parent.IsChoice || UnionChoice.Of(parent)?.Pair == child;

    private static bool IsSameHere(SchemaPair pair)
    {
        if (pair.IsBroken)
        {
            return false;
        }

        if (pair.Reader is UnionSchema branches && pair.Writer is UnionSchema)
        {
            return branches.Branches.Count == pair.Links.Count && pair.Links.Select(ChosenIndex).SequenceEqual(Enumerable.Range(0, pair.Links.Count));
        }

        if (pair.IsChoice)
        {
            return true;
        }

        if (pair.Links.Exists(static link => link.Pair.IsChoice))
        {
            return false;
        }

        return (pair.Reader, pair.Writer) switch
        {
            (RecordSchema reader, RecordSchema writer) => reader.Fields.Count == writer.Fields.Count
                && FieldPairRules.Match(reader, writer).Select((source, index) => source?.Index == index).All(static same => same),
            (EnumSchema reader, EnumSchema writer) => writer.Symbols.Count <= reader.Symbols.Count
                && writer.Symbols.Select((symbol, index) => reader.Symbols[index] == symbol).All(static same => same),
            _ => pair.Reader.Type == pair.Writer.Type || Promotion.KeepsBytes(pair.Writer.Type, pair.Reader.Type),
        };
    }

    private static int ChosenIndex(PairLink link) => UnionChoice.Of(link.Pair) is { } chosen ? link.Pair.Links.IndexOf(chosen) : -1;
}
