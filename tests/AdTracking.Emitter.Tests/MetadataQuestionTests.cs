using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>A question for metadata cannot be interrupted, so a stop waits for one slice of it at most. Counted in questions, not in time.</summary>
public sealed class MetadataQuestionTests
{
    private static readonly MetadataAnswer NoBroker = new(KafkaErrors.Transport, "no broker");
    private static readonly MetadataAnswer TimedOut = new(KafkaErrors.TimedOut, "no answer");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly MetadataQuestion _question = new();
    private readonly List<int> _slices = [];

    [Fact]
    public void Ask_NoBroker_TakesShortSlicesToTheLimit()
    {
        Ask(_ => NoBroker).ShouldBe(NoBroker);

        _slices.ShouldBe(Enumerable.Repeat(250, 20));
    }

    [Fact]
    public void Ask_BrokerDoesNotAnswerInTime_GetsTwiceTheTimeAndKeepsIt()
    {
        Ask(_ => TimedOut).ShouldBe(TimedOut);
        _slices.ShouldBe([250, 500, 1_000, 2_000, 1_250]);

        Ask(_ => TimedOut);
        _slices[^1].ShouldBe(5_000);
    }

    [Fact]
    public void Ask_BrokerNeedsLong_HasItsAnswer()
    {
        Ask(ms => ms > 4_000 ? MetadataAnswer.Answered : TimedOut).ShouldBe(TimedOut);

        Ask(ms => ms > 4_000 ? MetadataAnswer.Answered : TimedOut).ShouldBe(MetadataAnswer.Answered);
        _question.SliceMs.ShouldBe(MetadataQuestion.SliceMsMin);
    }

    [Fact]
    public void Ask_AnyOtherError_IsTheAnswer()
    {
        MetadataAnswer refused = new(KafkaErrors.Fatal, "refused");

        Ask(_ => refused).ShouldBe(refused);
        _slices.Count.ShouldBe(1);
    }

    [Fact]
    public void Ask_CancelledInASlice_AsksNoMore()
    {
        using var stop = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => Ask(
            _ =>
            {
                if (_slices.Count == 3)
                {
                    stop.Cancel();
                }

                return NoBroker;
            },
            stop.Token));

        _slices.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(1_000, 750)]
    [InlineData(300, 50)]
    [InlineData(100, 0)]
    public async Task DrainAsync_KafkaAway_TheLastQuestionBeginsASliceBeforeTheDeadline(int deadlineMs, int lastMs)
    {
        using var asked = new SemaphoreSlim(0);
        using var answer = new SemaphoreSlim(0);
        var time = new ManualTime();
        var options = QueueHarness.Options() with { TimeProvider = time, StartWait = TimeSpan.Zero, Ack = AckLevel.Durable };
        await using var pipeline = await EventPipeline.StartAsync(options, Producer);
        (await asked.WaitAsync(Limit)).ShouldBeTrue();
        Append(pipeline);

        var drain = pipeline.DrainAsync(TimeSpan.FromMilliseconds(deadlineMs));
        if (lastMs > 0)
        {
            time.Advance(lastMs - 1);
            answer.Release();
            (await asked.WaitAsync(Limit)).ShouldBeTrue();
        }

        time.Advance(lastMs > 0 ? 1 : 0);
        answer.Release();
        (await asked.WaitAsync(TimeSpan.FromMilliseconds(250))).ShouldBeFalse();
        _slices.Count.ShouldBe(lastMs > 0 ? 2 : 1);
        drain.IsCompleted.ShouldBeFalse();

        time.Advance(deadlineMs - lastMs);
        (await drain).ShouldBeFalse();

        IEventProducer Producer() => new MemoryProducer(1, new MemoryLog())
        {
            Metadata = ms =>
            {
                _slices.Add(ms);
                asked.Release();
                answer.Wait(Limit);
                return NoBroker;
            },
        };
    }

    private static void Append(EventPipeline pipeline)
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
        group.Commit(1);
        pipeline.TryAppend(group, null).ShouldBe(Admission.Accepted);
    }

    private MetadataAnswer Ask(Func<int, MetadataAnswer> broker, CancellationToken cancellation = default)
    {
        using var producer = new MemoryProducer(1, new MemoryLog())
        {
            Metadata = ms =>
            {
                _slices.Add(ms);
                return broker(ms);
            },
        };
        return _question.Ask(producer, stackalloc int[EventTopics.Count], cancellation);
    }
}
