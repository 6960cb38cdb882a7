namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A timer of <see cref="ManualTime"/>.</summary>
internal sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
{
    private long _dueMs = long.MaxValue;
    private long _periodMs = -1;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Volatile.Write(ref _periodMs, period < TimeSpan.Zero ? -1 : (long)period.TotalMilliseconds);
        Volatile.Write(ref _dueMs, dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + (long)dueTime.TotalMilliseconds);
        return true;
    }

    public void FireIfDue(long nowMs)
    {
        if (nowMs < Volatile.Read(ref _dueMs))
        {
            return;
        }

        var period = Volatile.Read(ref _periodMs);
        Volatile.Write(ref _dueMs, period < 0 ? long.MaxValue : nowMs + period);
        callback(state);
    }

    public void Dispose() => time.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
