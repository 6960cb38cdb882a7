namespace AdTracking.Gateway.Telemetry;

/// <summary>One set of label values of one instrument, and what was measured under it.</summary>
internal sealed class MetricSeries
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _value;
    private long _count;

    public MetricSeries(KeyValuePair<string, object?>[] tags, double[] bounds)
    {
        Tags = tags;
        _bounds = bounds;
        _counts = new long[bounds.Length + 1];
    }

    public KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>Which collection an observable instrument last reported it in.</summary>
    public long Round { get; set; }

    /// <summary>The value, or the sum of a histogram.</summary>
    public double Value => Volatile.Read(ref _value);

    public long Count => Volatile.Read(ref _count);

    public long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double delta)
    {
        var seen = Volatile.Read(ref _value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref _value, seen + delta, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Increment(ref _count);
        Add(value);
    }

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != Tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (!ReferenceEquals(tags[i].Value, Tags[i].Value) && !Equals(tags[i].Value, Tags[i].Value) || tags[i].Key != Tags[i].Key)
            {
                return false;
            }
        }

        return true;
    }
}
