using AdTracking.Avro.Framing;
using AdTracking.Emitter.Kafka;
using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Events.Finishing;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.SchemaRegistry;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>The emitter as a program meets it.</summary>
public sealed class AdEventEmitterTests : IDisposable
{
    private static readonly TopicNames Topics = new();
    private static readonly TopicNames Elsewhere = new() { Impression = "x.i", Click = "x.c", Engagement = "x.e", Bad = "x.b", Audit = "x.a" };
    private readonly EmbeddedKafka _kafka = EmbeddedKafka.Start(Topics, 3);
    private readonly FakeRegistry _registry = new();

    [Fact]
    public async Task EmitAsync_ThreeEvents_AreInKafkaAsTheyWereGiven()
    {
        await using (var emitter = await StartAsync())
        {
            var impression = await emitter.EmitAsync(Impression("a1"));
            impression.Outcome.ShouldBe(EmitOutcome.Delivered);
            impression.Offset.ShouldBeGreaterThanOrEqualTo(0);
            impression.EventId!.Length.ShouldBe(EventIds.DerivedLength);
            (await emitter.EmitAsync(Impression("a1"))).EventId.ShouldBe(impression.EventId, "the same event, the same id");
            var click = new AdClick { AdServingId = "a1", PublisherId = "p", EventId = "mine" };
            (await emitter.EmitAsync(in click)).EventId.ShouldBe("mine");
            var engagement = new AdEngagement { AdServingId = "a1", PublisherId = "p", EventName = "firstQuartile" };
            (await emitter.EmitAsync(in engagement)).Outcome.ShouldBe(EmitOutcome.Delivered);
        }

        var impressions = TopicReader.ReadToEnd(_kafka.BootstrapServers, Topics.Impression);
        impressions.Count.ShouldBe(2);
        ConfluentFrame.TryRead(impressions[0].Value, out var id, out var payload).ShouldBeTrue();
        id.ShouldBeGreaterThanOrEqualTo(100);
        AdImpression.TryDecode(payload, out var read).ShouldBeTrue();
        read.AdServingId.ShouldBe("a1");
        read.EdgeId.ShouldBe("test-edge");
        read.TrackingMethod.ShouldBe(502);
        read.PriceCpmMicros.ShouldBe(1_250_000);
        TopicReader.Count(_kafka.BootstrapServers, Topics.Click).ShouldBe(1);
        TopicReader.Count(_kafka.BootstrapServers, Topics.Engagement).ShouldBe(1);
    }

    [Fact]
    public async Task EmitAsync_KafkaSilentWithAJournal_IsJournaledAndArrivesLater()
    {
        using var directory = new TemporaryDirectory("emitter-journal");
        await using (var emitter = await StartAsync(directory.FullPath))
        {
            (await emitter.EmitAsync(Impression("a1"))).Outcome.ShouldBe(EmitOutcome.Delivered);
            Directory.GetFiles(directory.FullPath, "*.seg").ShouldBeEmpty("Kafka was in time");
            _kafka.StopBroker(1);
            var result = await emitter.EmitAsync(Impression("a2"));
            result.Outcome.ShouldBe(EmitOutcome.Journaled);
            result.Offset.ShouldBe(-1);
            Directory.GetFiles(directory.FullPath, "*.seg").ShouldNotBeEmpty();
            (await Should.ThrowAsync<JournalException>(() => StartAsync(directory.FullPath))).Message.ShouldContain("cannot be used");
            _kafka.StartBroker(1);
        }

        TopicReader.Count(_kafka.BootstrapServers, Topics.Impression).ShouldBe(2);
        Directory.GetFiles(directory.FullPath, "*.seg").ShouldBeEmpty("everything arrived");
    }

    [Fact]
    public async Task EmitAsync_InvalidEvent_NamesCodeAndFieldAndSendsNothing()
    {
        await using (var emitter = await StartAsync())
        {
            var result = await emitter.EmitAsync(new AdImpression { AdServingId = "a", PublisherId = "p", PriceCpmMicros = -1 });
            result.Outcome.ShouldBe(EmitOutcome.Invalid);
            result.Fault.ShouldBe(FaultCode.OutOfRange);
            result.Field.ShouldBe("price_cpm_micros");
            result.Outcome.CanRetry().ShouldBeFalse();
            (await emitter.EmitAsync(new AdImpression { AdServingId = "", PublisherId = "p" })).Fault.ShouldBe(FaultCode.MissingField);
        }

        TopicReader.Count(_kafka.BootstrapServers, Topics.Impression).ShouldBe(0);
    }

    [Fact]
    public async Task DisposeAsync_EventsQueued_DeliversThemFirst()
    {
        var emitter = await StartAsync();
        for (var i = 0; i < 1_000; i++)
        {
            emitter.TryEmit(Impression($"a{i}")).Outcome.ShouldBe(EmitOutcome.Queued);
        }

        await emitter.DisposeAsync();
        TopicReader.Count(_kafka.BootstrapServers, Topics.Impression).ShouldBe(1_000);
        emitter.TryEmit(Impression("late")).Outcome.ShouldBe(EmitOutcome.Stopped);
    }

    [Fact]
    public async Task EmitAsync_OnlyImpressions_NeedsTheirTopicAndNoOther()
    {
        using var kafka = EmbeddedKafka.Start(Elsewhere with { Impression = Topics.Impression }, 1);
        await using var emitter = await StartAsync(kafka: kafka, emits: [EventTopic.Impression]);

        (await emitter.EmitAsync(Impression("a"))).Outcome.ShouldBe(EmitOutcome.Delivered);
        emitter.State.Reasons.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => emitter.TryEmit(new AdClick { AdServingId = "a", PublisherId = "p" }))
            .Message.ShouldBe("Click is not among the event classes of AdEventEmitterOptions.Emits.");
    }

    [Fact]
    public async Task EmitAsync_ItsTopicIsMissing_IsNotReadyAndNamesIt()
    {
        using var kafka = EmbeddedKafka.Start(Topics, 1);
        kafka.SetTopicError(Topics.Impression, KafkaErrors.UnknownTopicOrPartition);
        await using var emitter = await StartAsync(kafka: kafka, emits: [EventTopic.Impression]);

        (await emitter.EmitAsync(Impression("a"))).Outcome.ShouldBe(EmitOutcome.NotReady);
        emitter.State.Reasons.ShouldBe(["Kafka has no topic ad.impression."]);
    }

    [Theory]
    [InlineData]
    [InlineData(EventTopic.Impression, EventTopic.Audit)]
    public async Task StartAsync_EmitsNamesNoEventClass_Throws(params EventTopic[] emits) =>
        (await Should.ThrowAsync<KafkaConfigurationException>(() => StartAsync(emits: emits))).Message.ShouldContain("Emits: must name");

    [Fact]
    public async Task EmitAsync_RegistryDown_IsNotReadyAndSaysWhy()
    {
        _registry.Down = true;
        await using var emitter = await StartAsync();
        var result = await emitter.EmitAsync(Impression("a"));
        result.Outcome.ShouldBe(EmitOutcome.NotReady);
        result.Outcome.CanRetry().ShouldBeTrue();
        emitter.State.Reasons.ShouldContain(reason => reason.Contains("registry", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _registry.Dispose();
        _kafka.Dispose();
    }

    private static AdImpression Impression(string id) => new() { AdServingId = id, PublisherId = "p", PriceCpmMicros = 1_250_000, Currency = "USD" };

    private Task<AdEventEmitter> StartAsync(
        string? journalDirectory = null, EmbeddedKafka? kafka = null, IReadOnlyCollection<EventTopic>? emits = null) => AdEventEmitter.StartAsync(
        new AdEventEmitterOptions
        {
            BootstrapServers = (kafka ?? _kafka).BootstrapServers,
            Emits = emits ?? [EventTopic.Impression, EventTopic.Click, EventTopic.Engagement],
            Registry = new SchemaRegistryOptions { BaseAddress = new Uri("http://registry:8081") },
            AutoRegister = true,
            EdgeId = "test-edge",
            JournalDirectory = journalDirectory,
        },
        _registry.Client(),
        default);
}
