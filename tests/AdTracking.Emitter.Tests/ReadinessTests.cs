using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>What the door and the state say while something is missing.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task StartAsync_KafkaAway_SaysNotReadyAndBecomesReadyWhenItComes()
    {
        var port = FreePorts.Take();
        PipelineOptions options = new()
        {
            BootstrapServers = $"127.0.0.1:{port}",
            SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
            StartWait = TimeSpan.FromMilliseconds(100),
            QueueBytesMax = 4 * 1024 * 1024,
        };
        await using var pipeline = await EventPipeline.StartAsync(options);
        pipeline.State.Ready.ShouldBeFalse();
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
        group.Commit(10);
        pipeline.TryAppend(group, null).ShouldBe(Admission.NotReady);
    }

    [Fact]
    public async Task StartAsync_SchemaIdsComeLater_BecomesReadyByItself()
    {
        var time = new ManualTime();
        var attempts = 0;
        var known = new SchemaIdTable([1, 2, 3, 4, 5, 6]);
        var ids = new SchemaIds(EventTopics.Written, SchemaIdTable.None, (table, _) =>
        {
            var answer = ++attempts < 3 ? new SchemaIdLookup(table, ["The registry sleeps."]) : new SchemaIdLookup(known, []);
            return Task.FromResult(answer);
        });
        var options = QueueHarness.Options() with { TimeProvider = time, SchemaIds = ids, StartWait = TimeSpan.Zero };
        await using var pipeline = await EventPipeline.StartAsync(options, () => new MemoryProducer(2, new MemoryLog()));
        await Poll.UntilAsync(() => pipeline.State.Reasons.Contains("The registry sleeps."), TimeSpan.FromSeconds(10), () => "no reason");
        pipeline.State.Ready.ShouldBeFalse();
        await Poll.UntilAsync(
            () =>
            {
                time.Advance(250);
                return pipeline.State.Ready;
            },
            TimeSpan.FromSeconds(10),
            () => string.Join("; ", pipeline.State.Reasons));
        attempts.ShouldBe(3);
    }

    // Schema ids may be answered on a thread that others need, and the loop goes on there: the gateway's sockets run completions inline.
    [Fact]
    public async Task StartAsync_KafkaDoesNotAnswer_ABlockedThreadIsNobodyElses()
    {
        using var asked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        Thread? blocked = null;
        var options = QueueHarness.Options() with { TimeProvider = TimeProvider.System, StartWait = TimeSpan.Zero };
        await using var pipeline = await EventPipeline.StartAsync(options, Producer);

        asked.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        blocked!.IsThreadPoolThread.ShouldBeFalse();
        pipeline.State.Ready.ShouldBeFalse();
        goOn.Set();
        await Poll.UntilAsync(() => pipeline.State.Ready, TimeSpan.FromSeconds(10), () => string.Join("; ", pipeline.State.Reasons));

        IEventProducer Producer() => new MemoryProducer(2, new MemoryLog())
        {
            Asking = () =>
            {
                blocked = Thread.CurrentThread;
                asked.Set();
                goOn.Wait(TimeSpan.FromSeconds(60));
            },
        };
    }

    [Fact]
    public async Task StartAsync_TopicMissing_NamesIt()
    {
        var options = QueueHarness.Options() with
        {
            TimeProvider = TimeProvider.System,
            Topics = new TopicNames { Click = "not.there" },
            StartWait = TimeSpan.FromMilliseconds(200),
        };
        await using var pipeline = await EventPipeline.StartAsync(
            options, () => new MemoryProducer(2, new MemoryLog()) { Missing = [EventTopic.Click] });
        await Poll.UntilAsync(
            () => !pipeline.State.Reasons.Contains("The pipeline is starting."), TimeSpan.FromSeconds(10), () => "never looked");
        pipeline.State.Ready.ShouldBeFalse();
        pipeline.State.Reasons.ShouldContain("Kafka has no topic not.there.");
    }

    [Fact]
    public async Task StartAsync_OnlyImpressionsAreWritten_NeedsNoOtherTopic()
    {
        var options = QueueHarness.Options() with
        {
            TimeProvider = TimeProvider.System,
            SchemaIds = SchemaIds.Fixed(SchemaIdTable.None.With(EventTopic.Impression, 1)),
            KeepsRefused = false,
        };
        EventTopic[] others = [.. EventTopics.Written.Where(topic => topic != EventTopic.Impression)];
        var producer = new MemoryProducer(2, new MemoryLog()) { Missing = others, Immediate = true };
        await using var pipeline = await EventPipeline.StartAsync(options, () => producer);
        await Poll.UntilAsync(() => pipeline.State.Ready, TimeSpan.FromSeconds(10), () => string.Join("; ", pipeline.State.Reasons));

        pipeline.TryAppend(One(EventTopic.Impression), null).ShouldBe(Admission.Accepted);
        pipeline.TryAppend(One(EventTopic.Click), null).ShouldBe(Admission.NotReady);
        (await pipeline.DrainAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }

    // Nobody writes it, whatever ids there are: a group of it must not get to the shipper, which would find no partition.
    [Fact]
    public async Task TryAppend_ReservedTopic_IsNotTaken()
    {
        var options = QueueHarness.Options() with { TimeProvider = TimeProvider.System };
        await using var pipeline = await EventPipeline.StartAsync(
            options, () => new MemoryProducer(2, new MemoryLog()) { Missing = [EventTopic.Overflow] });
        await Poll.UntilAsync(() => pipeline.State.Ready, TimeSpan.FromSeconds(10), () => string.Join("; ", pipeline.State.Reasons));

        pipeline.TryAppend(One(EventTopic.Overflow), null).ShouldBe(Admission.NotReady);
    }

    private static GroupBuffer One(EventTopic topic)
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(topic, "k"u8, out _).ShouldBeTrue();
        group.Commit(10);
        return group;
    }

    [Fact]
    public async Task DrainAsync_EventsWaiting_RefusesNewOnesAndWaitsForTheOld()
    {
        var log = new MemoryLog();
        MemoryProducer? producer = null;
        var options = QueueHarness.Options() with { TimeProvider = TimeProvider.System };
        await using var pipeline = await EventPipeline.StartAsync(options, () => producer = new MemoryProducer(2, log));
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
        group.Commit(10);
        pipeline.TryAppend(group, null).ShouldBe(Admission.Accepted);
        (await pipeline.DrainAsync(TimeSpan.FromMilliseconds(50))).ShouldBeFalse();
        pipeline.TryAppend(group, null).ShouldBe(Admission.Draining);
        pipeline.State.Ready.ShouldBeFalse();
        await Poll.UntilAsync(() => producer!.AnswerAll() > 0, TimeSpan.FromSeconds(10), () => "never handed over");
        (await pipeline.DrainAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }
}
