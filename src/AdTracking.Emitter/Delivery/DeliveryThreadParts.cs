using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;
using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Delivery;

/// <summary>What <see cref="DeliveryThread"/> works with.</summary>
internal sealed record DeliveryThreadParts
{
    public required Clock Clock { get; init; }

    public required EventQueue Queue { get; init; }

    public required Deliveries Deliveries { get; init; }

    public required Shipper Shipper { get; init; }

    public required InFlightBudget Budget { get; init; }

    /// <summary>Closed while a producer is being ended; null without a journal.</summary>
    public required ReconcileGate? Gate { get; init; }

    /// <summary>The journal's: after a producer was ended it may have events to look for.</summary>
    public required WakeSignal JournalSignal { get; init; }

    public required Func<IEventProducer> CreateProducer { get; init; }

    /// <summary>Called after reports were worked in.</summary>
    public required Action Progress { get; init; }

    public required ILogger Logger { get; init; }
}
