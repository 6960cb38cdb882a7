using System.Collections.Concurrent;

namespace AdTracking.System.Tests.Load;

/// <summary>What was answered: the events that were acknowledged, and everything else by what was said.</summary>
internal sealed class LoadOutcome
{
    public ConcurrentBag<LoadEvent> Acknowledged { get; } = [];

    /// <summary>Redirected clicks, a part of <see cref="Acknowledged"/>: a redirect waits 50 ms for its event at most, and is no promise.</summary>
    public ConcurrentBag<LoadEvent> Redirected { get; } = [];

    public ConcurrentDictionary<string, int> Otherwise { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<LoadRoute, int> ByRoute { get; } = new();

    public TimeSpan Elapsed { get; set; }

    public void Acknowledge(LoadRoute route, LoadEvent one)
    {
        Acknowledged.Add(one);
        if (route == LoadRoute.Click)
        {
            Redirected.Add(one);
        }

        ByRoute.AddOrUpdate(route, 1, (_, count) => count + 1);
    }

    public void Refuse(string what, int events = 1) => Otherwise.AddOrUpdate(what, events, (_, count) => count + events);

    public override string ToString() =>
        $"{Acknowledged.Count} acknowledged in {Elapsed.TotalSeconds:0.0} s ({Join(ByRoute.OrderBy(pair => pair.Key))})"
        + (Otherwise.IsEmpty ? "" : $"; otherwise: {Join(Otherwise)}");

    private static string Join<TKey>(IEnumerable<KeyValuePair<TKey, int>> counts) =>
        string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"));
}
