using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Http;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary>A waiter for as long as a request needs it: it goes back to the pipeline when the lease is disposed, once.</summary>
/// <param name="pipeline">Where it goes back to.</param>
/// <param name="waiter">The waiter; null when nothing is waited for.</param>
internal readonly struct WaiterLease(EventPipeline pipeline, DeliveryWaiter? waiter) : IDisposable
{
    public void Dispose()
    {
        if (waiter is not null)
        {
            pipeline.Return(waiter);
        }
    }
}

/// <summary>A batch for as long as a request needs it. At the end its waiter goes back to the pipeline, and the batch to its pool.</summary>
internal readonly struct BatchLease(EventBatchPool batches, EventIntake intake) : IDisposable
{
    /// <summary>The request's batch.</summary>
    public EventBatch Batch { get; } = batches.Rent();

    public void Dispose()
    {
        intake.Lease(Batch.Waiter).Dispose();
        batches.Return(Batch);
    }
}
