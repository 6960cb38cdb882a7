namespace AdTracking.Gateway.Configuration;

/// <summary>Settings whose names have changed. The former name works for one version more, with a warning that names the present one.</summary>
internal static class FormerNames
{
    private static readonly Dictionary<string, string> Present = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Journal:SettleAfterMs"] = "Journal:ReconcileAfterMs",
    };

    /// <summary>The entries of one source under their present names. Where a source has both names, the present one counts.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Replace(
        IReadOnlyCollection<KeyValuePair<string, string?>> source, List<string> warnings)
    {
        foreach (var (key, value) in source)
        {
            if (!Present.TryGetValue(key, out var present))
            {
                yield return new(key, value);
                continue;
            }

            var warning = $"{key} is the former name of {present} and goes in the next version";
            if (!warnings.Contains(warning))
            {
                warnings.Add(warning);
            }

            if (!source.Any(entry => entry.Key.Equals(present, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new(present, value);
            }
        }
    }
}
