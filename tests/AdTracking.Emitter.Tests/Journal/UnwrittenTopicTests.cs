using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>A journal can hold events of a class that this run does not write, and whose topic Kafka does not have. They stay in the journal,
/// nothing else waits for them, and they are delivered once the topic is there.</summary>
public sealed class UnwrittenTopicTests
{
    private static readonly SchemaIds Clicks = SchemaIds.Fixed(SchemaIdTable.None.With(EventTopic.Click, 2));

    [Fact]
    public void ReadBack_TopicIsNotInKafka_LeavesItsEventsInTheJournalUntilItIs()
    {
        using var bench = new JournalHarness();
        bench.Start(known: false);
        bench.Append("a1", "a2");
        bench.Spill();
        bench.Crash();

        bench.Options = bench.Options with { SchemaIds = Clicks };
        bench.Missing = [EventTopic.Impression];
        bench.Start();
        bench.Core.Map.Current.IsComplete.ShouldBeTrue();
        Rest(bench);
        bench.Log.Records.ShouldBeEmpty();
        bench.Journal.WaitingEvents.ShouldBe(2);

        bench.Missing = [];
        bench.Grow(bench.Partitions);
        bench.RunToRest();
        bench.ShouldHold("a1", "a2");
    }

    [Fact]
    public void Reconcile_TopicIsNotInKafka_KeepsItsEventsInDoubtUntilItIs()
    {
        using var bench = new JournalHarness();
        bench.Append("a1", "a2");
        bench.Spill();
        bench.Producer.AnswerAll(); // Kafka has them, and nobody was told.
        bench.Crash();

        bench.Options = bench.Options with { SchemaIds = Clicks };
        bench.Missing = [EventTopic.Impression];
        bench.Start();
        Rest(bench);
        bench.Stats.QuestionableEvents.ShouldBe(2);
        bench.Messages.Count(text => text.StartsWith("Reconciliation:", StringComparison.Ordinal)).ShouldBe(1, "it says so once, and tries every second");

        bench.Missing = [];
        bench.Grow(bench.Partitions);
        bench.RunToRest();
        bench.ShouldHold("a1", "a2");
        bench.Stats.StruckOutEvents.ShouldBe(2);
    }

    private static void Rest(JournalHarness bench)
    {
        for (var i = 0; i < 500; i++)
        {
            bench.Step();
            bench.Reconciler.Step();
        }
    }
}
