using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>Against Apache Kafka itself: topics are made, everything arrives once, a broker that dies is survived.</summary>
[Collection(RealParts.Name)]
public sealed class RealKafkaTests(RealParts parts)
{
    private const int Requests = 400;
    private const int EventsEach = 50;

    [RequiresTheory(Tool.Kafka)]
    [InlineData(ProducerKind.Librdkafka)]
    [InlineData(ProducerKind.AdTracking)]
    public async Task Pipeline_RealBroker_TopicsAreMadeAndEveryEventArrivesOnce(ProducerKind producer)
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix($"real.{producer}.");
        var admin = new TopicAdminOptions { BootstrapServers = kafka.BootstrapServers, Topics = topics, PartitionCount = 6 };
        var report = await TopicAdmin.EnsureAsync(admin);
        report.Problems.ShouldBeEmpty();
        report.Created.ShouldBe(topics.All, ignoreOrder: true);
        report.Warnings.ShouldContain(warning => warning.Contains("min.insync.replicas 1", StringComparison.Ordinal));
        (await TopicAdmin.EnsureAsync(admin)).Created.ShouldBeEmpty();

        await using var pipeline = await EventPipeline.StartAsync(Options(kafka, topics, producer));
        pipeline.State.Reasons.ShouldBeEmpty();
        var waiters = new List<DeliveryWaiter>();
        for (var request = 0; request < Requests; request++)
        {
            waiters.Add(Append(pipeline, request));
        }

        await kafka.KillAsync();
        await kafka.RestartAsync();
        foreach (var waiter in waiters)
        {
            (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
        }

        var outcomes = waiters.SelectMany(waiter => waiter.Outcomes.ToArray()).ToList();
        List<TopicRecord> records = [.. topics.All.Take(3).SelectMany(topic => TopicReader.ReadToEnd(kafka.BootstrapServers, topic))];
        records.Count.ShouldBe(Requests * EventsEach);
        records.Select(Text).Distinct(StringComparer.Ordinal).Count().ShouldBe(Requests * EventsEach);
        (await pipeline.DrainAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();

        // Where an offset was named, the event stands there. A report after a retry may come without one.
        var places = records.ToDictionary(record => (record.Topic, record.Partition, record.Offset), Text);
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Offset >= 0)
            {
                places[(topics[outcomes[i].Topic], outcomes[i].Partition, outcomes[i].Offset)].ShouldBe($"{i / EventsEach}/{i % EventsEach}");
            }
        }
    }

    [RequiresFact(Tool.Kafka)]
    public async Task EnsureAsync_TopicsThatDoNotFit_AreReported()
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix("misfit.");
        await kafka.CreateTopicsAsync(2, topics.Impression);
        await kafka.CreateTopicsAsync(3, topics.Click);
        await kafka.ConfigureTopicAsync(topics.Impression, "max.message.bytes", "20000");
        await kafka.ConfigureTopicAsync(topics.Click, "max.message.bytes", "20000");
        var report = await TopicAdmin.EnsureAsync(
            new TopicAdminOptions { BootstrapServers = kafka.BootstrapServers, Topics = topics, Create = false, EventBytesMax = 40_000 });
        report.Reachable.ShouldBeTrue();
        report.Warnings.ShouldContain(warning => warning.Contains("misfit.impression 2, misfit.click 3", StringComparison.Ordinal));
        report.Problems.Count(problem => problem.Contains("does not exist. Make it: kafka-topics.sh", StringComparison.Ordinal)).ShouldBe(3);
        report.Problems.Count(problem => problem.Contains("takes 20000 bytes", StringComparison.Ordinal)).ShouldBe(2);
    }

    [RequiresTheory(Tool.Kafka)]
    [InlineData(ProducerKind.Librdkafka)]
    [InlineData(ProducerKind.AdTracking)]
    public async Task Pipeline_BatchesLargerThanTheTopicTakes_EveryGoodEventArrives(ProducerKind producer)
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix($"narrow.{producer}.");
        await kafka.CreateTopicsAsync(1, [.. topics.All]);
        await kafka.ConfigureTopicAsync(topics.Click, "max.message.bytes", "20000");

        await using var pipeline = await EventPipeline.StartAsync(Options(kafka, topics, producer));
        var group = new GroupBuffer(QueueHarness.Ids);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            group.TryBegin(EventTopic.Click, Encoding.UTF8.GetBytes($"key-{i}"), out var value).ShouldBeTrue();
            var size = i == 33 ? 30_000 : 2_000;
            random.NextBytes(value[..size]);
            group.Commit(size);
        }

        var waiter = pipeline.RentWaiter(60);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.SomeFailed);
        var outcomes = waiter.Outcomes.ToArray();
        for (var i = 0; i < 60; i++)
        {
            outcomes[i].Status.ShouldBe(i == 33 ? EventOutcome.DeadLettered : EventOutcome.Delivered);
        }

        TopicReader.Count(kafka.BootstrapServers, topics.Click).ShouldBe(59);
    }

    [Fact]
    public async Task EnsureAsync_NobodyThere_IsUnreachable()
    {
        var report = await TopicAdmin.EnsureAsync(
            new TopicAdminOptions { BootstrapServers = $"127.0.0.1:{FreePorts.Take()}", Timeout = TimeSpan.FromMilliseconds(500) });
        report.Reachable.ShouldBeFalse();
        report.Problems.ShouldHaveSingleItem();
    }

    private static PipelineOptions Options(KafkaCluster kafka, TopicNames topics, ProducerKind producer) => new()
    {
        Producer = producer,
        Topics = topics,
        BootstrapServers = kafka.BootstrapServers,
        SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        QueueBytesMax = 16 * 1024 * 1024,
        RequestDeadline = TimeSpan.FromSeconds(90),
        StartWait = TimeSpan.FromSeconds(20),
    };

    private static DeliveryWaiter Append(EventPipeline pipeline, int request)
    {
        var group = pipeline.BeginGroup();
        for (var i = 0; i < EventsEach; i++)
        {
            var key = Encoding.UTF8.GetBytes($"key-{(request * 7) + i}");
            group.TryBegin((EventTopic)(i % 3), key, out var value).ShouldBeTrue();
            group.Commit(Encoding.UTF8.GetBytes($"{request}/{i}", value));
        }

        var waiter = pipeline.RentWaiter(EventsEach);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        return waiter;
    }

    private static string Text(TopicRecord record) => Encoding.UTF8.GetString(record.Value.AsSpan(GroupBuffer.FrameBytes));
}
