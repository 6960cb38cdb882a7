namespace AdTracking.System.Tests.Load;

/// <summary>A fixed number of events, spread over every way in, in an order that a seed decides.</summary>
internal static class MixedScript
{
    private const int BatchEvents = 100;
    private const int BeaconEvents = 20;

    // Single-event requests are a tenth of the events: each waits for its own acknowledgement, and the time of a test is short.
    private static readonly (LoadRoute Route, string Kind, int Share)[] Singles =
    [
        (LoadRoute.PostOne, "impression", 20),
        (LoadRoute.ImpressionPixel, "impression", 25),
        (LoadRoute.EngagementPixel, "engagement", 25),
        (LoadRoute.Click, "click", 15),
        (LoadRoute.BillingNotice, "impression", 15),
    ];

    private static readonly string[] Kinds = ["impression", "impression", "engagement", "engagement", "engagement", "click"];
    private static readonly LoadRoute[] Batches = [LoadRoute.PostArray, LoadRoute.PostEnvelope, LoadRoute.PostLines];

    /// <summary>Requests with exactly <paramref name="count"/> events in all; a multiple of 1,000.</summary>
    public static LoadRequest[] Create(int count, Random random)
    {
        var requests = new List<LoadRequest>();
        var number = 0;
        LoadEvent[] Take(int events, string? kind) =>
            [.. Enumerable.Range(0, events).Select(_ => LoadEvent.Create(kind ?? Kinds[random.Next(Kinds.Length)], number++, random))];

        foreach (var (route, kind, share) in Singles)
        {
            for (var i = 0; i < count / 1_000 * share; i++)
            {
                requests.Add(new LoadRequest(route, Take(1, kind)));
            }
        }

        for (var i = 0; i < count / 1_000 * 5; i++)
        {
            requests.Add(new LoadRequest(LoadRoute.Beacon, Take(BeaconEvents, null)));
        }

        for (var batch = 0; number < count; batch++)
        {
            requests.Add(new LoadRequest(Batches[batch % Batches.Length], Take(BatchEvents, null)));
        }

        var all = requests.ToArray();
        random.Shuffle(all);
        return all;
    }
}
