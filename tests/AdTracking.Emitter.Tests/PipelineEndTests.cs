using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdTracking.Emitter.Tests;

/// <summary>Draining and ending while something is amiss.</summary>
public sealed class PipelineEndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task DrainAsync_LastEventRefusedAtTheHandOver_Ends()
    {
        var producer = new MemoryProducer(1, new MemoryLog()) { Refusal = (_, _) => KafkaErrors.NotEnoughReplicas };
        await using var pipeline = await EventPipeline.StartAsync(Options(), () => producer);
        Append(pipeline);
        await Poll.UntilAsync(() => producer.HandOvers > 0, Limit, () => "handed over");
        var drain = pipeline.DrainAsync(Limit);
        drain.IsCompleted.ShouldBeFalse();

        producer.Refusal = (_, _) => KafkaErrors.MessageSizeTooLarge;

        (await drain).ShouldBeTrue();
        pipeline.Snapshot().Topics.Where(topic => topic.Topic != EventTopic.Bad).Sum(topic => topic.Refused).ShouldBe(1);
    }

    [Fact]
    public async Task DisposeAsync_NoProducerInPlaceOfTheDeadOne_EndsAllTheSame()
    {
        var first = new MemoryProducer(1, new MemoryLog());
        var made = 0;
        var pipeline = await EventPipeline.StartAsync(
            Options(), () => Interlocked.Increment(ref made) == 1 ? first : throw new KafkaConfigurationException(["test"]));
        first.Die("test");
        await Poll.UntilAsync(() => Volatile.Read(ref made) > 1, Limit, () => "another producer asked for");

        await Should.NotThrowAsync(async () => await pipeline.DisposeAsync());
    }

    [Fact]
    public void KafkaProducer_Disposed_SaysSoToThoseWhoStillAsk()
    {
        var options = Options() with { BootstrapServers = "127.0.0.1:1" };
        var settings = ProducerSettings.From(options.ProducerOptions, []);
        var producer = new KafkaProducer(settings, new TopicNames(), EventTopics.Written, NullLogger.Instance);
        producer.Dispose();

        producer.Wake();
        producer.TryReadPartitionCounts(stackalloc int[EventTopics.Count], 100).Problem.ShouldBe("the producer is being replaced");
    }

    private static PipelineOptions Options() => QueueHarness.Options() with { TimeProvider = TimeProvider.System, TickMs = 1, TickMsMax = 2 };

    private static void Append(EventPipeline pipeline)
    {
        var group = pipeline.BeginGroup();
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
        group.Commit(1);
        pipeline.TryAppend(group, null).ShouldBe(Admission.Accepted);
    }
}
