namespace AdTracking.Queue.Memory;

/// <summary>The door's answer to a group. All or nothing: a group that is not <see cref="Accepted"/> left nothing behind.</summary>
public enum Admission
{
    /// <summary>In the queue. Its waiter, if it has one, will be completed.</summary>
    Accepted,

    /// <summary>No room. Answer 503 with Retry-After; nothing that was accepted is evicted for it.</summary>
    QueueFull,

    /// <summary>Larger than a group may be. Answer 413.</summary>
    TooLarge,

    /// <summary>Schema ids or partition counts are not known yet; the reason is in the pipeline's state.</summary>
    NotReady,

    /// <summary>The pipeline is shutting down.</summary>
    Draining,

    /// <summary>Bad events have used up their share of the queue: count, do not keep.</summary>
    ShareExceeded,
}
