using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.DeadLetters;

/// <summary>A record that Kafka refused for good, until its BadEvent is stored.</summary>
internal sealed class DeadLetter(ulong reference, int error, int partition)
{
    /// <summary>The event, in its block.</summary>
    public ulong Reference { get; } = reference;

    /// <summary>Kafka's reason.</summary>
    public int Error { get; } = error;

    /// <summary>The partition that it was sent to.</summary>
    public int Partition { get; } = partition;

    /// <summary>Waits for the BadEvent; null while there is no room for it.</summary>
    public DeliveryWaiter? Waiter { get; set; }

    /// <summary>How much of the record the BadEvent holds: what was refused for its size may be refused again.</summary>
    public int BodyBytesMax { get; set; } = DeadLetterEncoder.BodyBytesMax;
}
