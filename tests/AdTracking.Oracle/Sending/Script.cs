using AdTracking.Oracle.Minting;

namespace AdTracking.Oracle.Sending;

/// <summary>What stands at a number of the run: the route and the events of the request that begins there. Follows from the seed alone.</summary>
internal static class Script
{
    private const int BatchEventsMax = 48;
    private const int BeaconEventsMax = 10;

    // Half of the requests carry one event, half are batches.
    private static readonly Route[] Routes =
    [
        Route.PostOne, Route.ImpressionPixel, Route.EngagementPixel, Route.Click, Route.BillingNotice, Route.Beacon,
        Route.PostArray, Route.PostArray, Route.PostEnvelope, Route.PostEnvelope, Route.PostLines, Route.PostLines,
    ];

    private static readonly EventKind[] Kinds =
    [
        EventKind.Impression, EventKind.Impression, EventKind.Engagement, EventKind.Engagement, EventKind.Engagement, EventKind.Click,
    ];

    /// <summary>The request that begins with this number; it does not reach beyond the run.</summary>
    public static Request At(Mint mint, long number)
    {
        var mixed = Splitter.Mix(mint.Seed, number, 4);
        var route = Routes[mixed % (ulong)Routes.Length];
        var wanted = route switch
        {
            Route.PostArray or Route.PostEnvelope or Route.PostLines => 1 + (int)(mixed >> 16) % BatchEventsMax,
            Route.Beacon => 1 + (int)(mixed >> 16) % BeaconEventsMax,
            _ => 1,
        };
        var count = (int)Math.Min(Math.Abs(wanted), Mint.RunEvents - number % Mint.RunEvents);
        var events = new MintedEvent[Math.Max(1, count)];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = mint.Event(number + i, KindOf(route, Splitter.Mix(mint.Seed, number + i, 5)));
        }

        return new Request(route, events);
    }

    private static EventKind KindOf(Route route, ulong mixed) => route switch
    {
        Route.ImpressionPixel or Route.BillingNotice => EventKind.Impression,
        Route.EngagementPixel => EventKind.Engagement,
        Route.Click => EventKind.Click,
        _ => Kinds[mixed % (ulong)Kinds.Length],
    };
}
