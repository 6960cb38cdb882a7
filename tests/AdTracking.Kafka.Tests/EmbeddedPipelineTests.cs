using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using Confluent.Kafka;

namespace AdTracking.Kafka.Tests;

/// <summary>The whole way against librdkafka's mock cluster, counted by another client.</summary>
public sealed class EmbeddedPipelineTests
{
    private static readonly SchemaIdTable Ids = new([1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData(ProducerKind.Librdkafka)]
    [InlineData(ProducerKind.AdTracking)]
    public async Task TryAppend_GroupOfMixedTopics_EveryEventIsInKafkaBeforeTheWaiterCompletes(ProducerKind producer)
    {
        var topics = new TopicNames();
        using var kafka = EmbeddedKafka.Start(topics, 4);
        var options = new PipelineOptions { BootstrapServers = kafka.BootstrapServers, SchemaIds = SchemaIds.Fixed(Ids), Producer = producer };
        await using var pipeline = await EventPipeline.StartAsync(options);
        pipeline.State.Reasons.ShouldBeEmpty();

        var group = new GroupBuffer(QueueHarness.Ids);
        for (var i = 0; i < 300; i++)
        {
            Add(group, (EventTopic)(i % 3), $"key-{i % 17}", $"value-{i}");
        }

        var waiter = pipeline.RentWaiter(group.EventCount);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);

        var seen = Consume(kafka.BootstrapServers, topics, 300);
        seen.Count.ShouldBe(300);
        var outcomes = waiter.Outcomes.ToArray();
        outcomes.ShouldAllBe(outcome => outcome.Status == EventOutcome.Delivered && outcome.Offset >= 0);
        for (var i = 0; i < 300; i++)
        {
            seen.ShouldContain($"{topics[(EventTopic)(i % 3)]}/{outcomes[i].Partition}/{outcomes[i].Offset}/key-{i % 17}=value-{i}#{1 + (i % 3)}");
        }

        pipeline.Return(waiter);
        (await pipeline.DrainAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        pipeline.Snapshot().Topics.Sum(topic => topic.Delivered).ShouldBe(300);
    }

    private static void Add(GroupBuffer group, EventTopic topic, string key, string value)
    {
        group.TryBegin(topic, Encoding.UTF8.GetBytes(key), out var span).ShouldBeTrue();
        group.Commit(Encoding.UTF8.GetBytes(value, span));
    }

    private static HashSet<string> Consume(string bootstrap, TopicNames topics, int count)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = "check",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
        };
        using var consumer = new ConsumerBuilder<string, byte[]>(config).Build();
        consumer.Assign(
            from topic in topics.All.Take(3)
            from partition in Enumerable.Range(0, 4)
            select new TopicPartitionOffset(topic, partition, Offset.Beginning));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Count < count && consumer.Consume(TimeSpan.FromSeconds(10)) is { } result)
        {
            var value = result.Message.Value;
            var text = Encoding.UTF8.GetString(value.AsSpan(5));
            seen.Add($"{result.Topic}/{result.Partition.Value}/{result.Offset.Value}/{result.Message.Key}={text}#{value[4]}");
        }

        return seen;
    }
}
