namespace AdTracking.Kafka.Connections;

/// <summary>How long to wait before the next try: twice as long after every failure, up to a limit, and a fifth more or less by chance, so that
/// many clients do not come back at once.</summary>
internal sealed class Backoff(int firstMs, int maxMs, Random random)
{
    private const double Jitter = 0.2;
    private int _failures;

    /// <summary>Counts a failure and returns the wait after it, in milliseconds.</summary>
    public int Fail()
    {
        var wait = Math.Min(maxMs, firstMs * Math.Pow(2, Math.Min(_failures++, 30)));
        return (int)(wait * (1 - Jitter + (2 * Jitter * random.NextDouble())));
    }

    /// <summary>Forgets the failures.</summary>
    public void Succeed() => _failures = 0;
}
