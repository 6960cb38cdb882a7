namespace AdTracking.Queue;

/// <summary>Wakes a thread that sleeps while it has nothing to do. Made before the thread, for whoever makes work for it; without a thread
/// it does nothing.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly AutoResetEvent _wake = new(initialState: false);
    private int _idle;

    /// <summary>There may be something to do. Costs a fence and a read unless the thread sleeps for good.</summary>
    public void Notify()
    {
        // The work must be visible before the flag is read, and the other way round over there.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _idle) != 0 && Interlocked.Exchange(ref _idle, 0) != 0)
        {
            _wake.Set();
        }
    }

    /// <summary>Ends any wait, of a thread that is to stop.</summary>
    public void Wake() => _wake.Set();

    /// <summary>The thread pauses for so long, or until <see cref="Wake"/>; <see cref="Notify"/> does not disturb it.</summary>
    public void Pause(int timeoutMs) => _wake.WaitOne(timeoutMs);

    /// <summary>The thread sleeps until <see cref="Notify"/>, or for so long, unless there is work already.</summary>
    public void Sleep(Func<bool> hasWork, int timeoutMs)
    {
        Interlocked.Exchange(ref _idle, 1);
        if (!hasWork())
        {
            _wake.WaitOne(timeoutMs);
        }

        Interlocked.Exchange(ref _idle, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();
}
