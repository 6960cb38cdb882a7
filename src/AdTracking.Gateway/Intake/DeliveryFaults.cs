using AdTracking.Emitter;
using AdTracking.Events;

namespace AdTracking.Gateway.Intake;

/// <summary>What a delivery's outcome is called in an answer.</summary>
internal static class DeliveryFaults
{
    public static FaultCode Of(in DeliveryOutcome outcome) => outcome.Status switch
    {
        DeliveryStatus.Delivered => FaultCode.None,
        DeliveryStatus.Refused => FaultCode.KafkaRejected,
        _ => FaultCode.Deadline, // still waiting, or nobody knows: to be repeated under the same event id
    };
}
