using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal;

namespace AdTracking.Emitter.Pipeline;

/// <summary>What a pipeline holds and has done.</summary>
public sealed record PipelineStats
{
    /// <summary>Bytes of groups that are not finished.</summary>
    public required long QueueBytes { get; init; }

    /// <summary>Blocks out of the pool.</summary>
    public required int BlocksInUse { get; init; }

    /// <summary>Blocks in all.</summary>
    public required int BlocksMax { get; init; }

    /// <summary>For how long, at most, the oldest unfinished event has waited, in milliseconds; 0 when there is none.</summary>
    public required long OldestAgeMs { get; init; }

    /// <summary>Events that librdkafka holds.</summary>
    public required int InFlightEvents { get; init; }

    /// <summary>Bytes that librdkafka holds.</summary>
    public required long InFlightBytes { get; init; }

    /// <summary>Requests that wait.</summary>
    public required int Waiters { get; init; }

    /// <summary>The shipper's tick in force, in milliseconds.</summary>
    public required int TickMs { get; init; }

    /// <summary>Events handed over, repeated hand-overs included.</summary>
    public required long HandedOver { get; init; }

    /// <summary>Hand-overs to a partition: an upper bound of the produce requests that they became.</summary>
    public required long PartitionBatches { get; init; }

    /// <summary>Delivery reports that named a reason outside the record, after which the event was handed over again.</summary>
    public required long PartitionErrors { get; init; }

    /// <summary>Delivery reports that named a record as the reason.</summary>
    public required long RecordErrors { get; init; }

    /// <summary>Producers that died of a fatal error and were replaced.</summary>
    public required int ProducersReplaced { get; init; }

    /// <summary>The account of every topic, in the order of <see cref="EventTopic"/>.</summary>
    public required IReadOnlyList<TopicStats> Topics { get; init; }

    /// <summary>The ledger's sums over all minutes, from which the topics' accounts are.</summary>
    public required IReadOnlyList<LedgerCell> Totals { get; init; }

    /// <summary>The journal; null when there is none.</summary>
    public JournalStats? Journal { get; init; }
}
