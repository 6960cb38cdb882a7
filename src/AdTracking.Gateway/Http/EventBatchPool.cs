using System.Collections.Concurrent;

namespace AdTracking.Gateway.Http;

/// <summary>Batches between requests. Bounded, so that a burst of requests does not become memory for ever.</summary>
internal sealed class EventBatchPool
{
    private const int KeptMax = 256;

    private readonly ConcurrentQueue<EventBatch> _kept = new();
    private EventBatch? _next;
    private int _count;

    public EventBatch Rent()
    {
        var batch = Interlocked.Exchange(ref _next, null);
        if (batch is not null)
        {
            return batch;
        }

        if (_kept.TryDequeue(out batch))
        {
            Interlocked.Decrement(ref _count);
            return batch;
        }

        return new EventBatch();
    }

    public void Return(EventBatch batch)
    {
        batch.Clear();
        if (Interlocked.CompareExchange(ref _next, batch, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= KeptMax)
        {
            _kept.Enqueue(batch);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
