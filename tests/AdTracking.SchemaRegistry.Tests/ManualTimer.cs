namespace AdTracking.SchemaRegistry.Tests;

/// <summary>A clock whose timers fire when the test says so.</summary>
internal sealed class ManualTimer : TimeProvider
{
    private Action? _fire;

    public void Fire() => _fire?.Invoke();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _fire += () => callback(state);
        return new Armed();
    }

    private sealed class Armed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
