using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>librdkafka is the oracle for our own producer: the same events, the same records at the broker.</summary>
[Collection(RealParts.Name)]
public sealed class ProducerOracleTests(RealParts parts, ITestOutputHelper output)
{
    private const int Requests = 300;
    private const int EventsMax = 40;

    [RequiresFact(Tool.Kafka)]
    public async Task TryAppend_BothProducers_TheSameRecordsStandInTheSamePlaces()
    {
        var kafka = await parts.KafkaAsync();
        var seed = Seeds.Next(output);
        var theirs = await SendAsync(kafka, ProducerKind.Librdkafka, seed);
        var ours = await SendAsync(kafka, ProducerKind.AdTracking, seed);

        ours.Count.ShouldBeGreaterThan(Requests);
        ours.ShouldBe(theirs);
    }

    // What stands in the topics afterwards: class, partition, offset, key, value, headers.
    private static async Task<List<string>> SendAsync(KafkaCluster kafka, ProducerKind producer, int seed)
    {
        var topics = TopicNamesOf.Prefix($"oracle.{producer}.");
        await kafka.CreateTopicsAsync(5, [.. topics.All]);
        await using var pipeline = await EventPipeline.StartAsync(new PipelineOptions
        {
            Producer = producer,
            Topics = topics,
            BootstrapServers = kafka.BootstrapServers,
            SchemaIds = SchemaIds.Fixed(QueueHarness.Ids),
            StartWait = TimeSpan.FromSeconds(30),
            RequestDeadline = TimeSpan.FromSeconds(60),
        });
        var random = new Random(seed);
        for (var request = 0; request < Requests; request++)
        {
            var count = random.Next(1, EventsMax);
            var waiter = pipeline.RentWaiter(count);
            pipeline.TryAppend(Draw(pipeline, random, count), waiter).ShouldBe(Admission.Accepted);
            (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stored);
            pipeline.Return(waiter);
        }

        return
        [
            .. topics.All.Take(3).SelectMany((topic, index) => TopicReader.ReadToEnd(kafka.BootstrapServers, topic)
                .Select(record => $"{index} {record.Partition} {record.Offset} {Hex(record.Key)} {Hex(record.Value)} {record.HeaderCount}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static GroupBuffer Draw(EventPipeline pipeline, Random random, int count)
    {
        var group = pipeline.BeginGroup();
        var key = new byte[60];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(key);
            group.TryBegin((EventTopic)random.Next(3), key.AsSpan(0, random.Next(1, key.Length)), out var value).ShouldBeTrue();
            var size = random.Next(20) == 0 ? random.Next(60_000) : random.Next(600);
            random.NextBytes(value[..size]);
            group.Commit(size);
        }

        return group;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
