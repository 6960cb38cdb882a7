using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>A host has its say about a cluster before anything goes there, in the pipeline's own loop.</summary>
public sealed class ClusterAdmissionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ManualTime _time = new();
    private readonly List<string> _asked = [];
    private volatile ClusterVerdict _verdict = ClusterVerdict.Admitted;

    [Fact]
    public async Task JudgeCluster_Admits_IsAskedOnce()
    {
        await using var pipeline = await StartAsync(AckLevel.Kafka);
        await UntilAsync(pipeline, () => pipeline.State.Ready);

        _time.Advance(60_000);
        await UntilAsync(pipeline, () => pipeline.State.Ready);
        _asked.ShouldBe(["memory"]);
        pipeline.TryAppend(One(), null).ShouldBe(Admission.Accepted);
    }

    [Theory]
    [InlineData(AckLevel.Kafka, Admission.NotReady)]
    [InlineData(AckLevel.Durable, Admission.NotReady)]
    public async Task JudgeCluster_Refuses_NothingIsTakenUntilItAdmits(AckLevel ack, Admission expected)
    {
        _verdict = ClusterVerdict.Refused("It is another's.");
        await using var pipeline = await StartAsync(ack);
        await UntilAsync(pipeline, () => pipeline.State.Reasons.Contains("It is another's."));
        pipeline.State.Ready.ShouldBeFalse();
        pipeline.TryAppend(One(), null).ShouldBe(expected);

        _verdict = ClusterVerdict.Admitted;
        await UntilAsync(pipeline, () => pipeline.State.Ready && pipeline.State.Reasons.Count == 0);
        pipeline.TryAppend(One(), null).ShouldBe(Admission.Accepted);
    }

    [Theory]
    [InlineData(AckLevel.Kafka, Admission.NotReady)]
    [InlineData(AckLevel.Durable, Admission.Accepted)]
    public async Task JudgeCluster_DoesNotKnowYet_OnlyAJournalTakesEvents(AckLevel ack, Admission expected)
    {
        _verdict = ClusterVerdict.Unknown("It says nothing.");
        await using var pipeline = await StartAsync(ack);
        await UntilAsync(pipeline, () => pipeline.State.Reasons.Contains("It says nothing."));

        pipeline.State.Ready.ShouldBe(ack == AckLevel.Durable);
        pipeline.TryAppend(One(), null).ShouldBe(expected);
        pipeline.Snapshot().HandedOver.ShouldBe(0);
    }

    [Fact]
    public async Task JudgeCluster_MakesTheTopics_TheyAreSeenInTheSameLook()
    {
        var looks = 0;
        var options = Options(AckLevel.Kafka) with { StartWait = Limit, TimeProvider = TimeProvider.System };
        await using var pipeline = await EventPipeline.StartAsync(options, () => new MemoryProducer(2, new MemoryLog())
        {
            Asking = () => looks++,
            MissingNow = () => _asked.Count == 0 ? EventTopics.Written : [],
        });

        pipeline.State.Ready.ShouldBeTrue();
        looks.ShouldBe(2);
    }

    private PipelineOptions Options(AckLevel ack) => QueueHarness.Options() with
    {
        Ack = ack,
        TimeProvider = _time,
        StartWait = TimeSpan.Zero,
        SchemaIds = SchemaIds.Fixed(new SchemaIdTable([1, 2, 3, 4, 5, 6])),
        JudgeCluster = (cluster, _) =>
        {
            _asked.Add(cluster);
            return Task.FromResult(_verdict);
        },
    };

    private Task<EventPipeline> StartAsync(AckLevel ack) =>
        EventPipeline.StartAsync(Options(ack), () => new MemoryProducer(2, new MemoryLog()) { Immediate = true });

    private Task UntilAsync(EventPipeline pipeline, Func<bool> condition) => Poll.UntilAsync(
        () =>
        {
            _time.Advance(250);
            return condition();
        },
        Limit,
        () => string.Join("; ", pipeline.State.Reasons));

    private static GroupBuffer One()
    {
        var group = new GroupBuffer(QueueHarness.Ids);
        group.TryBegin(EventTopic.Click, "k"u8, out _).ShouldBeTrue();
        group.Commit(10);
        return group;
    }
}
