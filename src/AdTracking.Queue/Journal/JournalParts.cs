using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>What <see cref="SpillJournal"/> works with.</summary>
internal sealed record JournalParts
{
    public required Clock Clock { get; init; }

    public required EventQueue Queue { get; init; }

    public required BlockPool Pool { get; init; }

    public required WaiterTable Waiters { get; init; }

    public required Ledger Ledger { get; init; }

    /// <summary>Batches that are not done.</summary>
    public required BatchTable Batches { get; init; }

    public required JournalCounters Counters { get; init; }

    /// <summary>Whether Kafka takes anything.</summary>
    public required DeliveryHealth Health { get; init; }

    public required IEventRoutes Routes { get; init; }

    public required IMarks Marks { get; init; }

    /// <summary>Blocks on their way to the shipper.</summary>
    public required ReturnedBlocks Blocks { get; init; }

    /// <summary>Events on their way here of which Kafka may hold a copy.</summary>
    public required InDoubtEvents InDoubt { get; init; }

    public required ReconcileGate Gate { get; init; }

    public required IJournalFiles Files { get; init; }

    public required JournalRules Rules { get; init; }
}
