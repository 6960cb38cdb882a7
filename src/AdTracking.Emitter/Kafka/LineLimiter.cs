namespace AdTracking.Emitter.Kafka;

/// <summary>Lets a line of a kind through once in a while, with the number of those that were held back. While Kafka is away librdkafka
/// says so dozens of times a second. For one thread; as many kinds as librdkafka has errors and facilities.</summary>
internal sealed class LineLimiter(TimeProvider clock)
{
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (long SaidAt, int HeldBack)> _kinds = new(StringComparer.Ordinal);

    /// <summary>The line to write now, or null.</summary>
    public string? Pass(string kind, string text)
    {
        var now = clock.GetTimestamp();
        var isKnown = _kinds.TryGetValue(kind, out var last);
        if (isKnown && clock.GetElapsedTime(last.SaidAt, now) < Pause)
        {
            _kinds[kind] = (last.SaidAt, last.HeldBack + 1);
            return null;
        }

        _kinds[kind] = (now, 0);
        return last.HeldBack == 0 ? $"{kind}: {text}" : $"{kind}: {text} ({last.HeldBack} more of these since the last line)";
    }
}
