using AdTracking.Events.Faults;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Http;

/// <summary>What a delivery's outcome is called in an answer.</summary>
internal static class DeliveryFaults
{
    public static FaultCode Of(in DeliveryOutcome outcome) => outcome.Status switch
    {
        EventOutcome.Delivered or EventOutcome.Synced or EventOutcome.Journaled => FaultCode.None,
        EventOutcome.DeadLettered or EventOutcome.RefusedTwice => FaultCode.KafkaRejected,
        _ => FaultCode.Deadline, // still waiting, or nobody knows: to be repeated under the same event id
    };

    /// <summary>How durable an event is whose outcome is no fault: the word in a result.</summary>
    public static ReadOnlySpan<byte> Durability(in DeliveryOutcome outcome) => outcome.Status switch
    {
        EventOutcome.Delivered => "kafka"u8,
        EventOutcome.Synced => "synced"u8,
        _ => "journaled"u8,
    };
}
