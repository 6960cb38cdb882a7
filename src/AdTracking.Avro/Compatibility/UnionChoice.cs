using AdTracking.Avro.Schemas;

namespace AdTracking.Avro.Compatibility;

/// <summary>The branch of a reader's union that reads a writer's type: as Java's reader does, the same type before a promotion, the same
/// full name before the same simple name, and of equals the first.</summary>
internal static class UnionChoice
{
    /// <summary>The link of the branch; a broken one where none reads it but one was meant. Null where nothing comes near.</summary>
    public static PairLink? Of(SchemaPair pair)
    {
        PairLink? best = null;
        var bestRank = int.MaxValue;
        foreach (var link in pair.Links)
        {
            var rank = Rank(link.Pair);
            if (rank >= bestRank)
            {
                continue;
            }

            bestRank = rank;
            best = link;
        }

        return best;
    }

    private static int Rank(SchemaPair pair)
    {
        var rank = pair.Reader.Type != pair.Writer.Type ? 3 : pair.Reader is not NamedSchema reader ? 0
            : reader.FullName == ((NamedSchema)pair.Writer).FullName ? 0
            : PairRules.IsNamedLike(reader, (NamedSchema)pair.Writer) ? 1 : 2;
        if (!pair.IsBroken)
        {
            return rank;
        }

        return rank < 2 ? 10 + rank : int.MaxValue;
    }
}
