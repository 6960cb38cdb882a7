using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;
using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>What settling works with.</summary>
internal sealed record ReconcilerParts
{
    public required IJournalFiles Files { get; init; }

    public required Clock Clock { get; init; }

    public required ReconcileGate Gate { get; init; }

    public required EventQueue Queue { get; init; }

    public required PartitionMap Map { get; init; }

    public required BatchTable Batches { get; init; }

    public required BatchIndexer Indexer { get; init; }

    public required JournalCounters Counters { get; init; }

    public required Marks Marks { get; init; }

    public required TopicNames Names { get; init; }

    public required JournalRules Rules { get; init; }

    public required Func<IKafkaLog> CreateLog { get; init; }

    /// <summary>The journal's: when a run has ended, there may be events to read back.</summary>
    public required WakeSignal Journal { get; init; }

    public required ILogger Logger { get; init; }
}
