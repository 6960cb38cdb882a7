namespace AdTracking.Benchmarks.Produce;

/// <summary>All latencies of a run.</summary>
internal sealed class Latencies(int capacity)
{
    private readonly double[] _milliseconds = new double[capacity];
    private int _count;

    public int Count => Math.Min(Volatile.Read(ref _count), _milliseconds.Length);

    public void Add(TimeSpan latency)
    {
        var at = Interlocked.Increment(ref _count) - 1;
        if (at < _milliseconds.Length)
        {
            _milliseconds[at] = latency.TotalMilliseconds;
        }
    }

    public double At(double quantile)
    {
        var sorted = _milliseconds[..Count];
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * quantile)];
    }
}
