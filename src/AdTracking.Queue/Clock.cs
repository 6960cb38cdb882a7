namespace AdTracking.Queue;

/// <summary>Milliseconds of a clock that never goes back, from a <see cref="TimeProvider"/>.</summary>
internal sealed class Clock
{
    private readonly TimeProvider _time;
    private readonly long _perMs;

    public Clock(TimeProvider time)
    {
        _time = time;
        _perMs = Math.Max(1, time.TimestampFrequency / 1000);
    }

    /// <summary>The source, for timers.</summary>
    public TimeProvider Time => _time;

    /// <summary>The wall clock's minute, counted from 1970.</summary>
    public int UnixMinute => (int)(_time.GetUtcNow().ToUnixTimeSeconds() / 60);

    /// <summary>The wall clock's milliseconds, counted from 1970.</summary>
    public long UnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Now.</summary>
    public long NowMs => _time.GetTimestamp() / _perMs;
}
