using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

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
    public PipelineStats Snapshot() => new()
    {
        Topics = [.. EventTopics.Written.Select(TopicSnapshot)],
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

    private void AddJournal(List<string> reasons)
    {
        var journal = core.Journal?.Snapshot();
        if (journal is { UnreadSegments: > 0 })
        {
            reasons.Add($"The journal of the run before is being read: {journal.UnreadSegments} of {core.Journal!.Found.Segments} files are left.");
        }

        foreach (var topic in EventTopics.Written.Where(topic => core.Queue.Recovered(topic) > 0 && !core.Map.Current.Has(topic)))
        {
            reasons.Add($"The journal of the run before holds events for {options.Topics[topic]}, and Kafka has no such topic.");
        }

        if (journal?.Problem is { } disk)
        {
            reasons.Add(disk);
        }
    }

    // The outcomes are read before what came in, so that no event is seen to have left before it came.
    private TopicStats TopicSnapshot(EventTopic topic)
    {
        var delivered = core.Queue.CompletedCount(topic, DeliveryStatus.Delivered);
        var refused = core.Queue.CompletedCount(topic, DeliveryStatus.Refused);
        var unknown = core.Queue.CompletedCount(topic, DeliveryStatus.Unknown);
        return new TopicStats(topic, core.Queue.Accepted(topic), delivered, refused, unknown);
    }
}
