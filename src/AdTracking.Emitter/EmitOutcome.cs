
using AdTracking.Queue;

namespace AdTracking.Emitter;

/// <summary>What became of an event that a program emitted. Only the first three mean that it was taken.</summary>
public enum EmitOutcome
{
    /// <summary>Acknowledged by Kafka with acks=all.</summary>
    Delivered,

    /// <summary>In the journal, synced or written as <see cref="AckLevel"/> asks: it will be delivered, by this process or the next.</summary>
    Journaled,

    /// <summary>In the queue; nobody waits for its delivery (<c>TryEmit</c>).</summary>
    Queued,

    /// <summary>Not a valid event: the result names code and field. Emitting it again cannot help.</summary>
    Invalid,

    /// <summary>Kafka refused the record for good.</summary>
    Refused,

    /// <summary>No room in the queue. Emit it again, later.</summary>
    QueueFull,

    /// <summary>Kafka or the schema ids are not known yet. Emit it again, later.</summary>
    NotReady,

    /// <summary>The emitter is being disposed.</summary>
    Stopped,

    /// <summary>Not acknowledged in time. It is still in the queue and will be delivered when Kafka takes it; emitting it again under the
    /// same event id is safe, since consumers drop repeated ids.</summary>
    DeadlineExceeded,

    /// <summary>The producer died with the event on its way: Kafka may have it or not, and nothing sends it again by itself. Emit it again
    /// under the same event id.</summary>
    Unknown,
}
