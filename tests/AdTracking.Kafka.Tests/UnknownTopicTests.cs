using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>Brokers that have just started say for seconds that they do not know a topic. Its events wait, the others flow on.</summary>
public sealed class UnknownTopicTests
{
    private const int Events = 200;
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(5);
    private static readonly TopicNames Topics = new();

    [Fact]
    public async Task BrokerRestarted_TopicUnknownForAWhile_ItsEventsArriveOnceAndOthersFlowOn()
    {
        using var directory = new TemporaryDirectory("unknown");
        using var kafka = EmbeddedKafka.Start(Topics, 2);
        await using var pipeline = await StartAsync(kafka, directory);
        await AppendAsync(pipeline, EventTopic.Click, "before");

        kafka.StopBroker(1);
        kafka.SetTopicError(Topics.Click, KafkaErrors.UnknownTopicOrPartition);
        kafka.StartBroker(1);
        await AppendAsync(pipeline, EventTopic.Click, "during");
        await AppendAsync(pipeline, EventTopic.Impression, "during");
        await CountAsync(kafka, Topics.Impression, Events); // while the other one is unknown
        await Task.Delay(UnknownFor);
        kafka.SetTopicError(Topics.Click, KafkaErrors.None);

        await CountAsync(kafka, Topics.Click, 2 * Events);
        (await pipeline.DrainAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        ShouldHoldOnce(kafka, Topics.Click, 2 * Events);
        ShouldHoldOnce(kafka, Topics.Impression, Events);
    }

    [Fact]
    public async Task ProcessRestarted_TopicUnknownForAWhile_TheJournalsEventsArriveOnce()
    {
        using var directory = new TemporaryDirectory("unknown");
        using var kafka = EmbeddedKafka.Start(Topics, 2);
        await using (var pipeline = await StartAsync(kafka, directory))
        {
            await AppendAsync(pipeline, EventTopic.Click, "before");
            await CountAsync(kafka, Topics.Click, Events);
            kafka.StopBroker(1);
            await AppendAsync(pipeline, EventTopic.Click, "journal");
            await AppendAsync(pipeline, EventTopic.Impression, "journal");
        }

        kafka.SetTopicError(Topics.Click, KafkaErrors.UnknownTopicOrPartition);
        kafka.StartBroker(1);
        await using var next = await StartAsync(kafka, directory);
        await AppendAsync(next, EventTopic.Click, "live");
        await Task.Delay(UnknownFor);
        kafka.SetTopicError(Topics.Click, KafkaErrors.None);

        await CountAsync(kafka, Topics.Click, 3 * Events);
        await CountAsync(kafka, Topics.Impression, Events);
        (await next.DrainAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        ShouldHoldOnce(kafka, Topics.Click, 3 * Events);
        ShouldHoldOnce(kafka, Topics.Impression, Events);
    }

    private static Task<EventPipeline> StartAsync(EmbeddedKafka kafka, TemporaryDirectory directory) => EventPipeline.StartAsync(new PipelineOptions
    {
        BootstrapServers = kafka.BootstrapServers,
        SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        QueueBytesMax = 8 * 1024 * 1024,
        Ack = AckLevel.Durable,
        JournalDirectory = directory.FullPath,
        ReconcileAfterMs = 500,
        RequestDeadline = TimeSpan.FromSeconds(30),
    });

    private static async Task AppendAsync(EventPipeline pipeline, EventTopic topic, string name)
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        for (var i = 0; i < Events; i++)
        {
            group.TryBegin(topic, Encoding.UTF8.GetBytes($"key-{i % 40}"), out var value).ShouldBeTrue();
            group.Commit(Encoding.UTF8.GetBytes($"{name}-{i}", value));
        }

        var waiter = pipeline.RentWaiter(Events);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
        pipeline.Return(waiter);
    }

    private static Task CountAsync(EmbeddedKafka kafka, string topic, int count) => Poll.UntilAsync(
        () => TopicReader.Count(kafka.BootstrapServers, topic) >= count, TimeSpan.FromSeconds(40), () => $"{count} events in {topic}");

    private static void ShouldHoldOnce(EmbeddedKafka kafka, string topic, int count)
    {
        var records = TopicReader.ReadToEnd(kafka.BootstrapServers, topic);
        records.Count.ShouldBe(count);
        records.Select(record => Encoding.UTF8.GetString(record.Value)).Distinct(StringComparer.Ordinal).Count().ShouldBe(count);
    }
}
