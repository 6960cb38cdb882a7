using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Bounds what the producer holds, in events and bytes, in total and for each partition, well below librdkafka's own limits, so
/// that its queue is never full. A partition's bound is its fair share: partitions that take nothing cannot keep the rest from
/// work.</summary>
internal sealed class InFlightBudget
{
    // A share is never so small that a lone busy partition starves: 256 events a round trip of 10 ms are 25,600 a second.
    private const int PartitionEventsMin = 256;
    private const long PartitionBytesMin = 1024 * 1024;
    private readonly DeliveryHealth _health;
    private long _bytes;

    public InFlightBudget(int eventsMax, long bytesMax, DeliveryHealth health)
    {
        _health = health;
        EventsMax = eventsMax;
        BytesMax = bytesMax;
    }

    public int EventsMax { get; }

    public long BytesMax { get; }

    public int Events => _health.InFlightEvents;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether the producer holds as much as it may. An eighth of the bytes may be out of reach: each partition stops before the
    /// event that would exceed its share.</summary>
    public bool IsExhausted => Events >= EventsMax || Bytes >= BytesMax - (BytesMax / 8);

    /// <summary>Events that a partition may have in flight. Rounded up: were the shares together less than the whole, it could never be
    /// exhausted, and nobody would notice that nothing moves.</summary>
    public int PartitionEventsMax(PartitionTable table)
    {
        var partitions = Math.Max(1, table.EventPartitions);
        return Math.Min(EventsMax, Math.Max(PartitionEventsMin, (EventsMax + partitions - 1) / partitions));
    }

    /// <summary>Bytes that a partition may have in flight.</summary>
    public long PartitionBytesMax(PartitionTable table) =>
        Math.Min(BytesMax, Math.Max(PartitionBytesMin, BytesMax / Math.Max(1, table.EventPartitions)));

    /// <summary>Adds what was handed over, or takes away what was reported.</summary>
    public void Add(int events, long bytes)
    {
        var held = _health.AddInFlight(events);
        Interlocked.Add(ref _bytes, bytes);
        Invariant.Holds(held >= 0 && held <= EventsMax, "events in flight stay within their bound");
    }
}
