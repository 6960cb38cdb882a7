using System.Diagnostics;
using System.Diagnostics.Metrics;
using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;

namespace AdTracking.Gateway.Telemetry;

/// <summary>What the intake counts: plain numbers, read when somebody asks. Every label comes from a closed list.</summary>
internal sealed class IntakeCounters
{
    private const int StatusMax = 600;

    // Steps of 1-2.5-5 from 100 us, where an answer on a loopback Kafka is, to the request deadline.
    private static readonly double[] DurationBounds =
        [.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private static readonly string[] StatusTags = [.. Enumerable.Range(0, StatusMax).Select(status => status.ToString())];

    private readonly long[] _requests = new long[Routes.Count * StatusMax];
    private readonly long[] _events = new long[FaultCodes.All.Length];
    private readonly KeyValuePair<string, object?>[] _routeTags =
        [.. Enumerable.Range(0, Routes.Count).Select(route => new KeyValuePair<string, object?>("route", Routes.Tag((IntakeRoute)route)))];

    private readonly Histogram<double> _duration;
    private long _badKept;
    private long _badDropped;
    private long _earlyRedirects;
    private long _unrecordedClicks;
    private long _unresolvedMacros;
    private long _roundedPrices;

    public IntakeCounters(Meter meter)
    {
        _duration = meter.CreateHistogram(
            "adtracking.request.duration", "s", "Time from the request's headers to its answer, by route.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBounds });
        meter.CreateObservableCounter("adtracking.requests", Requests, "{request}", "Requests answered, by route and status.");
        meter.CreateObservableCounter("adtracking.events", Events, "{event}", "Events answered, by code (accepted, or why not).");
        meter.CreateObservableCounter(
            "adtracking.bad_events", BadEvents, "{event}", "Refused events: kept in the bad-events topic, or dropped beyond its share of the queue.");
        meter.CreateObservableCounter(
            "adtracking.clicks.redirected_early", () => Volatile.Read(ref _earlyRedirects), "{click}", "Clicks sent on before Kafka had acknowledged them.");
        meter.CreateObservableCounter(
            "adtracking.clicks.unrecorded", () => Volatile.Read(ref _unrecordedClicks), "{click}", "Clicks sent on although nothing could be stored.");
        meter.CreateObservableCounter(
            "adtracking.macros.unresolved", () => Volatile.Read(ref _unresolvedMacros), "{field}", "Fields that arrived as an unresolved macro.");
        meter.CreateObservableCounter(
            "adtracking.prices.rounded", () => Volatile.Read(ref _roundedPrices), "{field}", "Prices with digits beyond micros.");
    }

    public void CountRequest(IntakeRoute route, int status, long startedAt)
    {
        Interlocked.Increment(ref _requests[((int)route * StatusMax) + Math.Clamp(status, 0, StatusMax - 1)]);
        _duration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, _routeTags[(int)route]);
    }

    /// <param name="code">What became of the events; <see cref="FaultCode.None"/> is accepted.</param>
    /// <param name="count">How many.</param>
    public void CountEvents(FaultCode code, int count = 1) => Interlocked.Add(ref _events[(int)code], count);

    public void CountBadEvents(int count, bool areKept) => Interlocked.Add(ref areKept ? ref _badKept : ref _badDropped, count);

    public void CountEarlyRedirect() => Interlocked.Increment(ref _earlyRedirects);

    public void CountUnrecordedClick() => Interlocked.Increment(ref _unrecordedClicks);

    public void CountNormalizations(int unresolvedMacros, int roundedPrices)
    {
        if (unresolvedMacros > 0)
        {
            Interlocked.Add(ref _unresolvedMacros, unresolvedMacros);
        }

        if (roundedPrices > 0)
        {
            Interlocked.Add(ref _roundedPrices, roundedPrices);
        }
    }

    private IEnumerable<Measurement<long>> Requests()
    {
        for (var i = 0; i < _requests.Length; i++)
        {
            var count = Volatile.Read(ref _requests[i]);
            if (count > 0)
            {
                yield return new Measurement<long>(count, _routeTags[i / StatusMax], new("status", StatusTags[i % StatusMax]));
            }
        }
    }

    private IEnumerable<Measurement<long>> Events()
    {
        foreach (var row in FaultCodes.All)
        {
            var code = row.Code == FaultCode.None ? "accepted" : row.Tag;
            yield return new Measurement<long>(Volatile.Read(ref _events[(int)row.Code]), new KeyValuePair<string, object?>("code", code));
        }
    }

    private IEnumerable<Measurement<long>> BadEvents() =>
    [
        new(Volatile.Read(ref _badKept), new KeyValuePair<string, object?>("outcome", "kept")),
        new(Volatile.Read(ref _badDropped), new KeyValuePair<string, object?>("outcome", "dropped")),
    ];
}
