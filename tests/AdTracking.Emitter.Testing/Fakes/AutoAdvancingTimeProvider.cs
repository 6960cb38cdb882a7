namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A clock that stands still and whose timers are due at once, after something was done.</summary>
internal sealed class AutoAdvancingTimeProvider(DateTimeOffset now, Action? beforeTimer = null) : TimeProvider
{
    /// <summary>Timers made.</summary>
    public int Timers { get; private set; }

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timers++;
        beforeTimer?.Invoke();
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
