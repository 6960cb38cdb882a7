using System.Collections.Concurrent;

namespace AdTracking.Oracle.Judging;

/// <summary>Counts by name, of answers above all.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string name, long count = 1) => _counts.AddOrUpdate(name, count, (_, before) => before + count);

    public long Of(string name) => _counts.GetValueOrDefault(name);

    public SortedDictionary<string, long> ToSorted() => new(_counts, StringComparer.Ordinal);
}
