using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Looks at a waiter without waiting.</summary>
internal static class WaiterProbe
{
    /// <summary>How it was completed, or null. Only a completed one is consumed, and only once.</summary>
    public static WaitOutcome? OutcomeNow(this DeliveryWaiter waiter)
    {
        var task = waiter.WaitAsync();
        return task.IsCompleted ? task.Result : null;
    }
}
