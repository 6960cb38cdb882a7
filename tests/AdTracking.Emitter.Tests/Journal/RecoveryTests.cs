using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

/// <summary>What was answered as synced is in Kafka in the end, once, whatever ended the process.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void Start_ReportsWereNeverSeen_StrikesOut()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b", "c");
        bench.Spill();
        bench.Producer.AnswerAll(); // Kafka has them; the process dies before it hears of it
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a", "b", "c");
        bench.Stats.StruckOutEvents.ShouldBe(3);
    }

    [Fact]
    public void Start_SpilledInFlightAndNeverArrived_Sends()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b", "c");
        bench.Spill();
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a", "b", "c");
        bench.Stats.StruckOutEvents.ShouldBe(0);
        bench.Stats.RecoveredEvents.ShouldBe(3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(32)]
    public void Start_ManySegmentsScannedAtATime_FindsAllInTheirOrder(int threads)
    {
        using var folder = new TemporaryDirectory("scan");
        using var bench = new JournalHarness();
        bench.Crash();
        bench.Files = new PosixFiles(folder.FullPath);
        bench.Start();
        var values = new List<string>();
        while (bench.Stats.Segments < 12)
        {
            values.Add($"event {values.Count}".PadRight(20_000, 'x'));
            bench.Append(values[^1]);
            bench.Spill();
        }

        bench.Crash();
        bench.ScanThreads = threads;
        bench.Start();
        bench.Stats.WaitingEvents.ShouldBe(values.Count);
        bench.Journal.Found.Damage.ShouldBeEmpty();
        long age = 0;
        for (var batch = bench.Batches.Next(null); batch is not null; batch = bench.Batches.Next(batch))
        {
            batch.TimeMs.ShouldBeGreaterThanOrEqualTo(age, "oldest first");
            age = batch.TimeMs;
        }

        bench.RunToRest();
        bench.ShouldHold(values);
    }

    [Fact]
    public void Start_EventBelowTheHighestAcknowledgedOffset_IsFound()
    {
        // F sits at a lower offset than what is acknowledged when it is spilled: only its block's mark bounds it.
        using var bench = new JournalHarness(partitions: 1);
        bench.Append("f");
        bench.Core.Shipper.Tick();
        bench.Append("g");
        bench.Core.Shipper.Tick();
        bench.Log.Append(EventTopic.Impression, 0, "f"u8, "\0\0\0\0\u0001f"u8); // landed, unreported
        bench.Log.Append(EventTopic.Impression, 0, "x"u8, "\0\0\0\0\u0001x"u8); // another gateway
        bench.Core.Map.Current.Locate(EventTopic.Impression, 0).Acknowledge(1);
        bench.Time.Advance(100);
        bench.Journal.Round();
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("f", "g", "x");
    }

    [Fact]
    public void Start_WaitingBatchWithoutNote_IsSentWithoutWaiting()
    {
        using var bench = new JournalHarness();
        var values = FillUntilWaiting(bench);
        bench.Crash();
        bench.Options = bench.Options with { ReconcileAfterMs = int.MaxValue };
        bench.Start();
        var unquestioned = bench.Stats.WaitingEvents - bench.Stats.QuestionableEvents;
        unquestioned.ShouldBeGreaterThan(0);
        for (var i = 0; i < 2_000; i++)
        {
            bench.Step();
        }

        bench.Log.Records.Count.ShouldBe((int)unquestioned);
        values.Length.ShouldBeGreaterThan((int)unquestioned);
    }

    [Fact]
    public void Start_WaitingBatchHandedOverAfterItsNote_StrikesOut()
    {
        using var bench = new JournalHarness();
        var values = FillUntilWaiting(bench);
        for (var i = 0; i < 20; i++)
        {
            bench.Step();
        }

        bench.Producer.AnswerAll();
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold(values);
        bench.Stats.StruckOutEvents.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Start_NotesCannotBeReadOnce_TheNextRunKnowsWhatThisOneSent()
    {
        using var bench = new JournalHarness();
        var values = FillUntilWaiting(bench);
        for (var i = 0; i < 3; i++)
        {
            bench.Step(); // some batches are noted and handed over
        }

        bench.Producer.AnswerAll();
        var whole = bench.Files;
        bench.Crash();
        var notes = ((MemoryFiles)whole).Entries.Keys.First(name => name.EndsWith(".notes", StringComparison.Ordinal));
        bench.Files = new RefusingFiles(whole) { Unreadable = notes };
        bench.Start();
        bench.Stats.QuestionableEvents.ShouldBe(bench.Stats.WaitingEvents);
        for (var i = 0; i < 200; i++)
        {
            bench.Step();
            bench.Reconciler.Step();
        }

        bench.Producer.AnswerAll();
        bench.Log.Records.ShouldNotBeEmpty();
        bench.Crash();
        bench.Files = whole;
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold(values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Start_AfterAPowerCut_QuestionsEverything(int seed)
    {
        using var bench = new JournalHarness();
        var values = FillUntilWaiting(bench);
        for (var i = 0; i < 10; i++)
        {
            bench.Step();
        }

        bench.Producer.AnswerAll();
        bench.CutPower(new Random(seed));
        bench.Start();
        bench.Stats.QuestionableEvents.ShouldBe(bench.Stats.WaitingEvents);
        bench.RunToRest();
        bench.ShouldHold(values);
    }

    [Fact]
    public void Start_RecordsBecomeVisibleAfterALag_WaitsForThem()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b");
        bench.Spill();
        bench.Producer.AnswerAll();
        bench.KafkaLog.Hidden = 10;
        bench.Crash();
        bench.Start();
        for (var i = 0; i < 50; i++)
        {
            bench.Step();
            bench.Reconciler.Step();
        }

        bench.KafkaLog.Hidden = 0; // within the settle time
        bench.RunToRest();
        bench.ShouldHold("a", "b");
    }

    [Fact]
    public void Start_TopicMadeAnew_SaysSoAndSendsAll()
    {
        using var bench = new JournalHarness();
        bench.KafkaLog.TopicIds[EventTopic.Impression] = Guid.NewGuid();
        bench.Core.Marks!.SetTopicId(EventTopic.Impression, bench.KafkaLog.TopicIds[EventTopic.Impression]);
        bench.Append("a", "b");
        bench.Spill();
        bench.Crash();
        bench.KafkaLog.TopicIds[EventTopic.Impression] = Guid.NewGuid();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a", "b");
        bench.Messages.ShouldContain(text => text.Contains("made again", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_TwiceWithoutSettling_FindsTheSame()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b");
        bench.Spill();
        bench.Crash();
        bench.Start();
        var first = bench.Stats;
        bench.Crash();
        bench.Start();
        bench.Stats.ShouldBe(first with { OldestAgeMs = bench.Stats.OldestAgeMs });
        bench.RunToRest();
        bench.ShouldHold("a", "b");
    }

    [Fact]
    public void ReplaceProducer_PossiblyPersisted_IsLookedForAndSentOnce()
    {
        using var bench = new JournalHarness(partitions: 1);
        var waiter = bench.Append("a", "b", "c", "d");
        bench.Core.Shipper.Tick();
        bench.Producer.Appended = null;
        bench.Producer.Fail(EventTopic.Impression, 0, 2, KafkaErrors.Fatal, possiblyPersisted: true, () => true);
        bench.Producer.Fail(EventTopic.Impression, 0, 2, KafkaErrors.Fatal, possiblyPersisted: true, () => false);
        bench.Deliver();
        bench.ReplaceProducer();
        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.Stored);
        bench.ShouldHold("a", "b", "c", "d");
        bench.Stats.StruckOutEvents.ShouldBe(2);
    }

    [Fact]
    public void Stop_WithEventsLeft_KeepsThemInTheJournal()
    {
        using var bench = new JournalHarness();
        bench.Append("a", "b");
        bench.Journal.SpillRest();
        bench.Crash();
        bench.Start();
        bench.RunToRest();
        bench.ShouldHold("a", "b");
    }

    private static string[] FillUntilWaiting(JournalHarness bench)
    {
        var values = new List<string>();
        for (var i = 0; i < 3_000; i++)
        {
            values.Add($"event {i}");
            bench.Append(values[^1]);
            if (i % 100 == 99)
            {
                bench.Step(answer: false);
                bench.Time.Advance(20);
            }
        }

        bench.Spill();
        return [.. values];
    }
}
