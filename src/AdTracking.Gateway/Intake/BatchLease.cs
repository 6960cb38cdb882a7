using AdTracking.Gateway.Http;

namespace AdTracking.Gateway.Intake;

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
