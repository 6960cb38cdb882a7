using System.Diagnostics.Metrics;

namespace AdTracking.Gateway.Telemetry;

/// <summary>All series of one instrument. The number of series is bounded: what comes after is kept under one label.</summary>
internal sealed class MetricFamily
{
    public const int SeriesMax = 500;

    private static readonly double[] DefaultBounds = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];
    private static readonly KeyValuePair<string, object?>[] OverflowTags = [new("overflow", "true")];

    private readonly Lock _adding = new();
    private volatile MetricSeries[] _series = [];

    public MetricFamily(Instrument instrument)
    {
        Instrument = instrument;
        Kind = KindOf(instrument);
        IsObservable = instrument.IsObservable;
        Bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
    }

    public Instrument Instrument { get; }

    public MetricKind Kind { get; }

    public bool IsObservable { get; }

    public double[] Bounds { get; }

    public MetricSeries[] Series => _series;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long round)
    {
        var series = Find(tags);
        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (IsObservable || Kind == MetricKind.Level)
        {
            series.Set(value);
            series.Round = round;
        }
        else
        {
            series.Add(value);
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var series in _series)
        {
            if (series.Has(tags))
            {
                return series;
            }
        }

        lock (_adding)
        {
            var known = _series;
            var wanted = known.Length >= SeriesMax ? OverflowTags : tags;
            foreach (var series in known)
            {
                if (series.Has(wanted))
                {
                    return series;
                }
            }

            var added = new MetricSeries(wanted.ToArray(), Bounds);
            _series = [.. known, added];
            return added;
        }
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(Histogram<>))
        {
            return MetricKind.Histogram;
        }

        if (definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>))
        {
            return MetricKind.Counter;
        }

        return definition == typeof(Gauge<>) ? MetricKind.Level : MetricKind.UpDown;
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => DefaultBounds,
    };
}

internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>A sum of ups and downs, or a value that is observed.</summary>
    UpDown,

    /// <summary>A value that is set.</summary>
    Level,

    Histogram,
}
