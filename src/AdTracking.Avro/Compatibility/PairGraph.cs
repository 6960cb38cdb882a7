using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>All pairs of types that meet when a writer's data is read, and which of them cannot be read. Built with a queue, not by
/// recursion: named types may refer to each other in chains as long as a text makes them. Recursive types are readable unless something
/// says otherwise, so brokenness spreads from the pairs that break a rule to those that depend on them.</summary>
internal sealed class PairGraph
{
    /// <summary>Pairs that are examined at most. Ours have some hundred; a hostile pair of unions would have millions.</summary>
    public const int PairsMax = 100_000;

    private readonly Dictionary<(AvroSchema Reader, AvroSchema Writer), SchemaPair> _pairs = new(ByReference.Instance);
    private readonly Queue<SchemaPair> _open = new();

    public PairGraph(AvroSchema reader, AvroSchema writer)
    {
        Root = PairOf(reader, writer);
        while (_open.TryDequeue(out var pair) && _pairs.Count <= PairsMax)
        {
            PairRules.Apply(this, pair);
        }

        if (_pairs.Count > PairsMax)
        {
            Root.Faults.Clear();
            Root.Links.Clear();
            Root.Faults.Add(new SchemaFault(CompatibilityRule.TooLargeToCompare, $"{PairsMax}"));
            Root.IsBroken = true;
            IsTooLarge = true;
            return;
        }

        Spread();
    }

    public SchemaPair Root { get; }

    public bool IsTooLarge { get; }

    public IEnumerable<SchemaPair> Pairs => _pairs.Values;

    public SchemaPair PairOf(AvroSchema reader, AvroSchema writer)
    {
        if (_pairs.TryGetValue((reader, writer), out var pair))
        {
            return pair;
        }

        pair = new SchemaPair(reader, writer);
        _pairs.Add((reader, writer), pair);
        _open.Enqueue(pair);
        return pair;
    }

    public static void Link(SchemaPair from, PairLink link)
    {
        from.Links.Add(link);
        link.Pair.Parents.Add(from);
    }

    private void Spread()
    {
        Queue<SchemaPair> broken = new();
        foreach (var pair in _pairs.Values)
        {
            if (pair.Faults.Exists(static fault => !CompatibilityRules.IsWarning(fault.Rule)) || (pair.IsChoice && pair.Links.Count == 0))
            {
                Break(pair, broken);
            }
        }

        while (broken.TryDequeue(out var pair))
        {
            foreach (var parent in pair.Parents)
            {
                parent.BrokenLinks++;
                if (!parent.IsChoice || parent.BrokenLinks == parent.Links.Count)
                {
                    Break(parent, broken);
                }
            }
        }
    }

    private static void Break(SchemaPair pair, Queue<SchemaPair> broken)
    {
        if (pair.IsBroken)
        {
            return;
        }

        pair.IsBroken = true;
        broken.Enqueue(pair);
    }
}
