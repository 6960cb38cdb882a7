using AdTracking.Emitter.DeadLetters;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>What <see cref="Shipper"/> works with.</summary>
internal sealed record ShipperParts
{
    public required Clock Clock { get; init; }

    public required EventQueue Queue { get; init; }

    public required BlockPool Pool { get; init; }

    public required PartitionMap Map { get; init; }

    public required InFlightBudget Budget { get; init; }

    public required DeliveryHealth Health { get; init; }

    public required ReturnedEvents Returned { get; init; }

    public required DeadLetterQueue DeadLetters { get; init; }

    /// <summary>The batches that events stand in; empty without a journal.</summary>
    public required BatchTable Batches { get; init; }

    /// <summary>Blocks that the journal gives back; null without a journal.</summary>
    public required ReturnedBlocks? JournalBlocks { get; init; }

    /// <summary>How long the in-flight bound may hold the shipper before new blocks start as waiting ones.</summary>
    public required int SyncAfterMs { get; init; }
}
