using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>Kafka stores a batch and its broker dies before it can say so; the retry meets an error that makes librdkafka take a new epoch.
/// Under a new epoch the batch would be stored a second time.</summary>
public sealed class EpochGuardTests
{
    private const int RequestTimedOut = 7;
    private static readonly TopicNames Topics = new();

    [Fact]
    public async Task NewEpoch_BatchMayBeStoredAlready_ProducerIsReplacedAndTheBatchStoredOnce()
    {
        using var directory = new TemporaryDirectory("epoch");
        using var kafka = EmbeddedKafka.Start(Topics, 1);
        await using var pipeline = await EventPipeline.StartAsync(new PipelineOptions
        {
            BootstrapServers = kafka.BootstrapServers,
            Producer = ProducerKind.Librdkafka,
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
            QueueBytesMax = 8 * 1024 * 1024,
            Ack = AckLevel.Durable,
            JournalDirectory = directory.FullPath,
            SyncAfterMs = 60_000, // all goes to Kafka first
            KafkaProperties = new Dictionary<string, string>(StringComparer.Ordinal) { ["batch.num.messages"] = "1" },
            ReconcileAfterMs = 1_000,
            RequestDeadline = TimeSpan.FromSeconds(30),
        });
        await AppendAsync(pipeline, "first");
        kafka.SetRoundTripTime(1, 5_000); // a batch is in the log at once, and its answer on its way for so long
        var stored = AppendAsync(pipeline, "stored");
        await UntilHandedOverAsync(pipeline, 2); // a batch of one: what the embedded Kafka gets again it keeps again, so there are two batches
        var following = AppendAsync(pipeline, "following");
        await UntilHandedOverAsync(pipeline, 3);
        await Task.Delay(300); // until both have arrived

        kafka.StopBroker(1);
        kafka.SetRoundTripTime(1, 200); // both are sent again before the first is answered
        kafka.FailProduceRequests([RequestTimedOut, KafkaErrors.OutOfOrderSequence]);
        kafka.StartBroker(1);
        await stored;
        await following;

        await Poll.UntilAsync(() => pipeline.Snapshot().ProducersReplaced > 0, TimeSpan.FromSeconds(20), () => "a new producer");
        (await pipeline.DrainAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue(pipeline.Snapshot().ToString());
        var records = TopicReader.ReadToEnd(kafka.BootstrapServers, Topics.Click);
        records.Select(record => Encoding.UTF8.GetString(record.Value)).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        records.Count.ShouldBe(3);
    }

    private static async Task AppendAsync(EventPipeline pipeline, string name)
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Click, "key"u8, out var value).ShouldBeTrue();
        group.Commit(Encoding.UTF8.GetBytes(name, value));

        var waiter = pipeline.RentWaiter(1);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
        pipeline.Return(waiter);
    }

    private static Task UntilHandedOverAsync(EventPipeline pipeline, int events) => Poll.UntilAsync(
        () => pipeline.Snapshot().HandedOver == events, TimeSpan.FromSeconds(10), () => $"{events} events handed over: {pipeline.Snapshot()}");
}
