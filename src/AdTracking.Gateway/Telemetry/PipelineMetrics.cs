using System.Diagnostics.Metrics;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Hosting;

namespace AdTracking.Gateway.Telemetry;

/// <summary>Shows the pipeline's own numbers; nothing is counted twice.</summary>
internal static class PipelineMetrics
{
    public static void Register(Meter meter, EventPipeline pipeline, Readiness readiness, ConnectionGauge connections, TopicNames topics)
    {
        Gauge(meter, "adtracking.ready", () => readiness.IsReady ? 1 : 0, null, "1 while events can be stored.");
        Gauge(meter, "adtracking.connections", () => connections.Open, "{connection}", "Open connections of the public listener.");
        Gauge(meter, "adtracking.queue.size", () => pipeline.Snapshot().QueueBytes, "By", "Bytes between the door and Kafka.");
        Gauge(meter, "adtracking.queue.blocks", () => pipeline.Snapshot().BlocksInUse, "{block}", "Blocks of the queue in use.");
        Gauge(meter, "adtracking.queue.blocks.limit", () => pipeline.Snapshot().BlocksMax, "{block}", "Blocks that the queue has.");
        meter.CreateObservableGauge(
            "adtracking.queue.oldest.age", () => pipeline.Snapshot().OldestAgeMs / 1000d, "s", "Age of the oldest unfinished block.");
        Gauge(
            meter, "adtracking.inflight.events", () => pipeline.Snapshot().InFlightEvents, "{event}", "Events handed to the producer and not yet reported.");
        Gauge(meter, "adtracking.inflight.size", () => pipeline.Snapshot().InFlightBytes, "By", "Bytes handed to the producer and not yet reported.");
        Gauge(meter, "adtracking.waiters", () => pipeline.Snapshot().Waiters, "{request}", "Requests that wait for Kafka.");
        meter.CreateObservableGauge("adtracking.producer.tick", () => pipeline.Snapshot().TickMs / 1000d, "s", "The hand-over tick in force.");
        Counter(meter, "adtracking.connections.opened", () => connections.Opened, "{connection}", "Connections accepted by the public listener.");
        Counter(
            meter, "adtracking.producer.replaced", () => pipeline.Snapshot().ProducersReplaced, "{producer}", "Producers replaced after a fatal error.");
        Counter(meter, "adtracking.producer.batches", () => pipeline.Snapshot().PartitionBatches, "{batch}", "Hand-overs to one partition.");
        meter.CreateObservableCounter(
            "adtracking.producer.errors", () => Errors(pipeline.Snapshot()), "{event}", "Delivery reports with an error, by what it was about.");
        meter.CreateObservableCounter(
            "adtracking.deliveries", () => Deliveries(pipeline.Snapshot(), topics), "{event}", "Events by topic and what became of them.");
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
