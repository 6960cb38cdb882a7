using System.Diagnostics;
using System.Globalization;
using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Kafka.Tests;

/// <summary>What administrators do to a cluster while our own producer runs.</summary>
[Collection(RealParts.Name)]
public sealed class ClusterChangeTests(RealParts parts)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [RequiresFact(Tool.Kafka)]
    public async Task Partitions_AddedWhileEventsFlow_AreUsedAndEveryEventArrivesOnce()
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix("grown.");
        await kafka.CreateTopicsAsync(2, [.. topics.All]);
        await using var pipeline = await EventPipeline.StartAsync(Options(kafka, topics, ("topic.metadata.refresh.interval.ms", "1000")));
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka.BootstrapServers }).Build();
        var sent = await SendAsync(pipeline, 0, 200);

        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topics.Click, IncreaseTo = 6 }]);
        var clock = Stopwatch.StartNew();
        while (!TopicReader.ReadToEnd(kafka.BootstrapServers, topics.Click).Any(record => record.Partition >= 2))
        {
            clock.Elapsed.ShouldBeLessThan(Limit);
            sent = await SendAsync(pipeline, sent, 50);
        }

        Keys(kafka, topics).ShouldBe(Enumerable.Range(0, sent));
    }

    // The new topic has none of the old one's records, and knows no producer.
    [RequiresFact(Tool.Kafka)]
    public async Task Topic_DeletedAndMadeAgain_TakesWhatFollows()
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix("again.");
        await kafka.CreateTopicsAsync(3, [.. topics.All]);
        await using var pipeline = await EventPipeline.StartAsync(Options(kafka, topics, ("topic.metadata.refresh.interval.ms", "1000")));
        await SendAsync(pipeline, 0, 300);

        await kafka.DeleteTopicsAsync([topics.Click]);
        var waiter = Append(pipeline, 300); // while it is away
        await Task.Delay(500);
        await kafka.CreateTopicsAsync(3, topics.Click);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
        var sent = await SendAsync(pipeline, 301, 300);

        Keys(kafka, topics).ShouldBe(Enumerable.Range(300, sent - 300));
    }

    // The rate counts over eleven seconds: 600 KB are 14 KB/s above it, and the broker wants four seconds of rest.
    [RequiresFact(Tool.Kafka)]
    public async Task Quota_BrokerThrottles_EverythingArrivesOnceAndTakesItsTime()
    {
        var kafka = await parts.KafkaAsync();
        var topics = TopicNamesOf.Prefix("quota.");
        await kafka.CreateTopicsAsync(3, [.. topics.All]);
        (await ToolProcess.RunAsync(
            Path.Combine(Tools.KafkaHome!, "bin", "kafka-configs.sh"),
            ["--bootstrap-server", kafka.BootstrapServers, "--alter", "--entity-type", "clients", "--entity-name", "throttled",
                "--add-config", "producer_byte_rate=40000"],
            Limit)).Succeeded("kafka-configs.sh");
        await using var pipeline = await EventPipeline.StartAsync(Options(kafka, topics, ("client.id", "throttled"), ("compression.type", "none")));
        var clock = Stopwatch.StartNew();

        var waiters = Enumerable.Range(0, 60).Select(number => Append(pipeline, number, valueBytes: 10_000)).ToList();
        foreach (var waiter in waiters)
        {
            (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
            await Task.Delay(20);
        }

        var sent = await SendAsync(pipeline, 60, 1);
        clock.Elapsed.TotalSeconds.ShouldBeGreaterThan(2, "the broker's throttling is waited for");
        Keys(kafka, topics).ShouldBe(Enumerable.Range(0, sent));
    }

    private static PipelineOptions Options(KafkaCluster kafka, TopicNames topics, params (string Name, string Value)[] properties) => new()
    {
        Topics = topics,
        BootstrapServers = kafka.BootstrapServers,
        SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        QueueBytesMax = 8 * 1024 * 1024,
        RequestDeadline = Limit,
        StartWait = TimeSpan.FromSeconds(20),
        KafkaProperties = properties.ToDictionary(StringComparer.Ordinal),
    };

    // One after another, so that they are many requests.
    private static async Task<int> SendAsync(EventPipeline pipeline, int first, int count)
    {
        for (var number = first; number < first + count; number++)
        {
            var waiter = Append(pipeline, number);
            (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
            pipeline.Return(waiter);
        }

        return first + count;
    }

    private static DeliveryWaiter Append(EventPipeline pipeline, int number, int valueBytes = 100)
    {
        var group = pipeline.BeginGroup();
        group.TryBegin(EventTopic.Click, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)), out var value).ShouldBeTrue();
        group.Commit(valueBytes);
        var waiter = pipeline.RentWaiter(1);
        pipeline.TryAppend(group, waiter).ShouldBe(Admission.Accepted);
        return waiter;
    }

    private static IEnumerable<int> Keys(KafkaCluster kafka, TopicNames topics) =>
        TopicReader.ReadToEnd(kafka.BootstrapServers, topics.Click)
            .Select(record => int.Parse(Encoding.UTF8.GetString(record.Key), CultureInfo.InvariantCulture)).Order();
}
