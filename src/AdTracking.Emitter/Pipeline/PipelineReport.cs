using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Emitter.Pipeline;

/// <summary>What a pipeline says about itself: whether it is ready, and its numbers.</summary>
internal sealed class PipelineReport(
    PipelineOptions options, PipelineCore core, MetadataRefresher metadata, ShipperThread shipper, DeliveryThread deliveries, TickPolicy policy)
{
    /// <summary>Whether events can be stored, and what is wrong.</summary>
    public PipelineState State(bool isDraining)
    {
        var reasons = new List<string>(metadata.Problems);
        var ready = reasons.Count == 0 && !isDraining && core.Journal is not { Refusing: true };
        reasons.AddRange(metadata.Notices);
        if (isDraining)
        {
            reasons.Add("The pipeline is draining.");
        }

        AddJournal(reasons);
        if (deliveries.Problem is { } problem)
        {
            reasons.Add(problem);
        }

        var stalled = 0;
        foreach (var partition in core.Map.Current.All)
        {
            stalled += partition.Stalled ? 1 : 0;
        }

        if (stalled > 0)
        {
            reasons.Add($"{stalled} of {core.Map.Current.All.Length} partitions take nothing.");
        }

        return new PipelineState(ready, reasons);
    }

    /// <summary>What it holds and has done.</summary>
    public PipelineStats Snapshot()
    {
        var totals = core.Ledger.Totals();
        return new PipelineStats
        {
            Topics = [.. EventTopics.Written.Select(topic => TopicSnapshot(topic, totals))],
            Totals = totals,
            QueueBytes = core.Queue.WaitingBytes,
            BlocksInUse = core.Pool.InUse,
            BlocksMax = core.Pool.Count,
            OldestAgeMs = core.Queue.OldestAgeMs,
            InFlightEvents = core.Budget.Events,
            InFlightBytes = core.Budget.Bytes,
            Waiters = core.Waiters.InUse,
            TickMs = policy.CurrentMs,
            HandedOver = shipper.HandedOver,
            PartitionBatches = shipper.PartitionBatches,
            PartitionErrors = core.Deliveries.Errors(KafkaErrorClass.PartitionUnable),
            RecordErrors = core.Deliveries.Errors(KafkaErrorClass.RecordRefused),
            ProducersReplaced = deliveries.Replaced,
            Journal = core.Journal?.Snapshot(),
        };
    }

    private void AddJournal(List<string> reasons)
    {
        var journal = core.Journal?.Snapshot();
        if (journal is { UnreadSegments: > 0 })
        {
            reasons.Add($"The journal of the run before is being read: {journal.UnreadSegments} of {core.Journal!.Found.Segments} files are left.");
        }

        foreach (var topic in EventTopics.Written.Where(topic => !core.Map.Current.Has(topic) && HasRecovered(topic)))
        {
            reasons.Add($"The journal of the run before holds events for {options.Topics[topic]}, and Kafka has no such topic.");
        }

        if (journal?.Problem is { } disk)
        {
            reasons.Add(disk);
        }
    }

    private bool HasRecovered(EventTopic topic) =>
        core.Ledger.Totals().Any(cell => cell.Topic == topic && cell[LedgerColumn.Recovered] > 0);

    // A click that could not be stored counts as accepted in a cell; the queue has never seen it.
    private static TopicStats TopicSnapshot(EventTopic topic, IReadOnlyList<LedgerCell> totals)
    {
        var cells = totals.Where(cell => cell.Topic == topic).ToList();
        return new TopicStats(
            topic,
            cells.Sum(cell => cell[LedgerColumn.Accepted] - cell[EventOutcome.ClickNotStored]),
            cells.Sum(cell => cell[EventOutcome.Delivered]),
            cells.Sum(cell => cell[EventOutcome.DeadLettered] + cell[EventOutcome.RefusedTwice]),
            cells.Sum(cell => cell[EventOutcome.FateUnknown]));
    }
}
