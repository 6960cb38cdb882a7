namespace AdTracking.Queue.Memory;

/// <summary>All waiters there ever were, by index, and those that are free. It grows to the highest number of requests at once.</summary>
internal sealed class WaiterTable
{
    private readonly Lock _lock = new();
    private readonly bool _inlineContinuations;
    private DeliveryWaiter[] _all = [];
    private DeliveryWaiter[] _free = [];
    private int _freeCount;

    public WaiterTable(bool inlineContinuations) => _inlineContinuations = inlineContinuations;

    /// <summary>Waiters in use.</summary>
    public int InUse
    {
        get
        {
            lock (_lock)
            {
                return _all.Length - _freeCount;
            }
        }
    }

    /// <summary>A free waiter, or a new one.</summary>
    public DeliveryWaiter Rent(int eventCount)
    {
        DeliveryWaiter waiter;
        lock (_lock)
        {
            if (_freeCount == 0)
            {
                Grow();
            }

            waiter = _free[--_freeCount];
        }

        waiter.Prepare(eventCount);
        return waiter;
    }

    /// <summary>Takes a waiter back.</summary>
    public void Return(DeliveryWaiter waiter)
    {
        waiter.Reset();
        lock (_lock)
        {
            Invariant.Holds(_freeCount < _free.Length, "a waiter is returned once");
            _free[_freeCount++] = waiter;
        }
    }

    /// <summary>The waiter of a group, or null when nobody waits. It may have moved on: it compares generations.</summary>
    public DeliveryWaiter? Find(int index) => index < 0 ? null : Volatile.Read(ref _all)[index];

    /// <summary>Completes those whose deadline has passed. Returns their number.</summary>
    public int Expire(long nowMs) => GiveUp(WaitOutcome.DeadlineExceeded, nowMs);

    /// <summary>Completes all that still wait.</summary>
    public int Stop() => GiveUp(WaitOutcome.Stopped, 0);

    private int GiveUp(WaitOutcome outcome, long nowMs)
    {
        var count = 0;
        foreach (var waiter in Volatile.Read(ref _all))
        {
            count += waiter.TryGiveUp(outcome, nowMs) ? 1 : 0;
        }

        return count;
    }

    private void Grow()
    {
        var had = _all.Length;
        var all = new DeliveryWaiter[Math.Max(64, had * 2)];
        _all.CopyTo(all, 0);
        _free = new DeliveryWaiter[all.Length];
        for (var i = all.Length - 1; i >= had; i--)
        {
            _free[_freeCount++] = all[i] = new DeliveryWaiter(i, _inlineContinuations);
        }

        Volatile.Write(ref _all, all);
    }
}
