using System.Diagnostics.Metrics;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Readiness;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Shows the pipeline's own numbers; nothing is counted twice.</summary>
internal static class PipelineMetrics
{
    /// <summary>Makes the instruments. Before all others that read the snapshot: the first one of these takes it.</summary>
    public static void Register(Meter meter, SnapshotSource source, HealthReport readiness, ConnectionGauge connections, TopicNames topics)
    {
        Gauge(meter, "adtracking.queue.size", () => source.RefreshedPipeline().QueueBytes, "By", "Bytes between the admission of events and Kafka.");
        Gauge(meter, "adtracking.ready", () => readiness.IsReady ? 1 : 0, null, "1 while events can be stored.");
        Gauge(meter, "adtracking.connections", () => connections.Open, "{connection}", "Open connections of the public listener.");
        Gauge(meter, "adtracking.queue.blocks", () => source.Pipeline.BlocksInUse, "{block}", "Blocks of the queue in use.");
        Gauge(meter, "adtracking.queue.blocks.limit", () => source.Pipeline.BlocksMax, "{block}", "Blocks that the queue has.");
        meter.CreateObservableGauge(
            "adtracking.queue.oldest.age", () => source.Pipeline.OldestAgeMs / 1000d, "s", "Age of the oldest unfinished block.");
        Gauge(
            meter, "adtracking.inflight.events", () => source.Pipeline.InFlightEvents, "{event}", "Events handed to the producer and not yet reported.");
        Gauge(meter, "adtracking.inflight.size", () => source.Pipeline.InFlightBytes, "By", "Bytes handed to the producer and not yet reported.");
        Gauge(meter, "adtracking.waiters", () => source.Pipeline.Waiters, "{request}", "Requests that wait for Kafka.");
        meter.CreateObservableGauge("adtracking.producer.tick", () => source.Pipeline.TickMs / 1000d, "s", "The hand-over tick in force.");
        Counter(meter, "adtracking.connections.opened", () => connections.Opened, "{connection}", "Connections accepted by the public listener.");
        Counter(
            meter, "adtracking.producer.replaced", () => source.Pipeline.ProducersReplaced, "{producer}", "Producers replaced after a fatal error.");
        Counter(meter, "adtracking.producer.batches", () => source.Pipeline.PartitionBatches, "{batch}", "Hand-overs to one partition.");
        meter.CreateObservableCounter(
            "adtracking.producer.errors", () => Errors(source.Pipeline), "{event}", "Delivery reports with an error, by what it was about.");
        meter.CreateObservableCounter(
            "adtracking.deliveries", () => Deliveries(source.Pipeline, topics), "{event}", "Events by topic and what became of them.");
    }

    private static void Gauge(Meter meter, string name, Func<long> read, string? unit, string description) =>
        meter.CreateObservableGauge(name, read, unit, description);

    private static void Counter(Meter meter, string name, Func<long> read, string unit, string description) =>
        meter.CreateObservableCounter(name, read, unit, description);

    private static Measurement<long>[] Errors(PipelineStats stats) =>
    [
        new(stats.PartitionErrors, new KeyValuePair<string, object?>("about", "partition")),
        new(stats.RecordErrors, new KeyValuePair<string, object?>("about", "record")),
    ];

    private static IEnumerable<Measurement<long>> Deliveries(PipelineStats stats, TopicNames topics)
    {
        foreach (var topic in stats.Topics)
        {
            var name = new KeyValuePair<string, object?>("topic", topics[topic.Topic]);
            yield return new(topic.Accepted, name, new("outcome", "accepted"));
            yield return new(topic.Delivered, name, new("outcome", "delivered"));
            yield return new(topic.Refused, name, new("outcome", "refused"));
            yield return new(topic.Unknown, name, new("outcome", "unknown"));
        }
    }
}
