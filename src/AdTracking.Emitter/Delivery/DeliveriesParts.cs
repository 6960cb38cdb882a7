using AdTracking.Emitter.DeadLetters;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>What <see cref="Deliveries"/> works with.</summary>
internal sealed record DeliveriesParts
{
    public required Clock Clock { get; init; }

    public required EventQueue Queue { get; init; }

    public required BlockPool Pool { get; init; }

    public required PartitionMap Map { get; init; }

    public required InFlightBudget Budget { get; init; }

    public required DeliveryHealth Health { get; init; }

    public required ReturnedEvents Returned { get; init; }

    public required DeadLetterQueue DeadLetters { get; init; }

    /// <summary>Where events go that Kafka may hold; null without a journal.</summary>
    public required InDoubtEvents? InDoubt { get; init; }
}
