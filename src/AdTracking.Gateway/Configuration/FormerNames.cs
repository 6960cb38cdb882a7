namespace AdTracking.Gateway.Configuration;

/// <summary>Settings that have changed their name or are gone. Both are accepted for one version more, with a warning: the former name stands for
/// the present one, and what is gone does nothing.</summary>
internal static class FormerNames
{
    private static readonly Dictionary<string, string> Present = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Journal:SettleAfterMs"] = "Journal:ReconcileAfterMs",
    };

    /// <summary>Settings without a successor, with the reason.</summary>
    private static readonly Dictionary<string, string> Gone = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Topics:Overflow"] = "nothing is written to that topic",
    };

    /// <summary>The entries of one source under their present names, without what is gone. Where a source has both names, the present one
    /// counts.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Replace(
        IReadOnlyCollection<KeyValuePair<string, string?>> source, List<string> warnings)
    {
        foreach (var (key, value) in source)
        {
            if (Gone.TryGetValue(key, out var reason))
            {
                Add(warnings, $"{key} is ignored and goes in the next version: {reason}");
                continue;
            }

            if (!Present.TryGetValue(key, out var present))
            {
                yield return new(key, value);
                continue;
            }

            Add(warnings, $"{key} is the former name of {present} and goes in the next version");
            if (!source.Any(entry => entry.Key.Equals(present, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new(present, value);
            }
        }
    }

    private static void Add(List<string> warnings, string warning)
    {
        if (!warnings.Contains(warning))
        {
            warnings.Add(warning);
        }
    }
}
