using AdTracking.Emitter.Pipeline;
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
