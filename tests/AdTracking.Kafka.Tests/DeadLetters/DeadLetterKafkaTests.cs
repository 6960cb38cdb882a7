using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>Apache Kafka refuses one record among good ones: it alone goes to the bad-events topic.</summary>
[Collection(RealParts.Name)]
public sealed class DeadLetterKafkaTests(RealParts parts)
{
    private const int Events = 80;
    private const int Large = 41;
    private static readonly TopicNames Topics = TopicNamesOf.Prefix("letter.");

    [RequiresFact(Tool.Kafka)]
    public async Task Refused_TopicWithASmallLimit_OnlyTheLargeRecordIsInTheBadTopicWithReasonAndBytes()
    {
        var kafka = await parts.KafkaAsync();
        await kafka.CreateTopicsAsync(1, [.. Topics.All]);
        await kafka.ConfigureTopicAsync(Topics.Click, "max.message.bytes", "4000");
        await using var pipeline = await EventPipeline.StartAsync(new PipelineOptions
        {
            BootstrapServers = kafka.BootstrapServers,
            Topics = Topics,
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
            RequestDeadline = TimeSpan.FromSeconds(60),
            StartWait = TimeSpan.FromSeconds(20),
            EdgeId = "edge-7",
        });
        var large = new byte[8_000];
        new Random(7).NextBytes(large);
        var waiter = pipeline.RentWaiter(Events);
        pipeline.TryAppend(Group(large), waiter).ShouldBe(Admission.Accepted);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.SomeFailed);
        for (var i = 0; i < Events; i++)
        {
            waiter.Outcomes[i].Status.ShouldBe(i == Large ? EventOutcome.DeadLettered : EventOutcome.Delivered);
        }

        TopicReader.Count(kafka.BootstrapServers, Topics.Click).ShouldBe(Events - 1);
        var record = TopicReader.ReadToEnd(kafka.BootstrapServers, Topics.Bad).ShouldHaveSingleItem();
        BadEvent.TryDecode(record.Value.AsSpan(GroupBuffer.FrameBytes), out var bad).ShouldBeTrue();
        bad!.FailureCode.ShouldBe(FailureCode.KafkaRejected);
        bad.FailureMessage!.ShouldContain("MSG_SIZE_TOO_LARGE");
        bad.EdgeId.ShouldBe("edge-7");
        bad.Headers["kafka-topic"].ShouldBe(Topics.Click);
        bad.Headers["kafka-key"].ShouldBe($"key-{Large}");
        bad.Body!.Value.Span[GroupBuffer.FrameBytes..].SequenceEqual(large).ShouldBeTrue();
    }

    private static GroupBuffer Group(byte[] large)
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        for (var i = 0; i < Events; i++)
        {
            group.TryBegin(EventTopic.Click, Encoding.UTF8.GetBytes($"key-{i}"), out var value).ShouldBeTrue();
            var bytes = i == Large ? large : Encoding.UTF8.GetBytes($"value-{i}");
            bytes.CopyTo(value);
            group.Commit(bytes.Length);
        }

        return group;
    }
}
