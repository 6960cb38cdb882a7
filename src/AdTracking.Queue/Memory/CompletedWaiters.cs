namespace AdTracking.Queue.Memory;

/// <summary>Waiters whose last outcome is in, to be woken together after a round of reports was worked in.</summary>
internal sealed class CompletedWaiters
{
    private DeliveryWaiter[] _waiters = new DeliveryWaiter[256];
    private int _count;

    public void Add(DeliveryWaiter waiter)
    {
        if (_count == _waiters.Length)
        {
            Array.Resize(ref _waiters, _count * 2);
        }

        _waiters[_count++] = waiter;
    }

    /// <summary>Wakes them.</summary>
    public void CompleteAll()
    {
        for (var i = 0; i < _count; i++)
        {
            _waiters[i].Complete();
        }

        _count = 0;
    }
}
