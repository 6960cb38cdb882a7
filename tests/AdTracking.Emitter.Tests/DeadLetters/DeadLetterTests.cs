using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

public sealed class DeadLetterTests
{
    [Fact]
    public void Refused_BadEventIsSyncedFirst_ThenTheCallerIsTold()
    {
        using var bench = new JournalHarness(partitions: 1);
        bench.Producer.Refusal = (topic, _) => topic == EventTopic.Impression ? KafkaErrors.MessageSizeTooLarge : 0;
        var waiter = bench.Append("refused");
        bench.Core.Shipper.Tick();
        bench.Core.Shipper.Tick(); // the BadEvent is on its way, Kafka silent
        waiter.OutcomeNow().ShouldBeNull();
        bench.Time.Advance(100);
        bench.Journal.Round();
        bench.Core.Shipper.Tick();
        bench.Log.Records.ShouldBeEmpty();
        waiter.Outcomes[0].Status.ShouldBe(EventOutcome.Synced, "the record itself was spilled with it");
        bench.RunToRest();
        bench.Log.Records.ShouldHaveSingleItem().Topic.ShouldBe(EventTopic.Bad);
        bench.Options.Ledger.Totals().Single(cell => cell.Topic == EventTopic.Impression)[EventOutcome.DeadLettered].ShouldBe(1);
    }

    [Fact]
    public void Refused_AndItsBadEventTooLargeAsWell_KeepsAsMuchAsPasses()
    {
        using var bench = new JournalHarness(partitions: 1);
        bench.Producer.IsBadRecord = value => value.Length > 2_000;
        bench.Append(new string('x', 8_000));
        bench.RunToRest();
        bench.Options.Ledger.Totals().Single(cell => cell.Topic == EventTopic.Impression)[EventOutcome.DeadLettered].ShouldBe(1);
        bench.Log.Records.ShouldHaveSingleItem().Topic.ShouldBe(EventTopic.Bad);
    }

    [Fact]
    public void Refused_NothingPasses_IsCountedAsLostAndEnds()
    {
        using var bench = new JournalHarness(partitions: 1);
        bench.Producer.IsBadRecord = _ => true;
        bench.Append(new string('x', 2_000));
        bench.RunToRest();
        bench.Log.Records.ShouldBeEmpty();
        bench.Options.Ledger.Totals().Single(cell => cell.Topic == EventTopic.Impression)[EventOutcome.RefusedTwice].ShouldBe(1);
    }

    [Fact]
    public void Refused_QueueIsFull_WaitsForRoom()
    {
        using var bench = new QueueHarness(partitions: 1);
        bench.Producer.Refusal = (topic, _) => topic == EventTopic.Click ? KafkaErrors.MessageSizeTooLarge : 0;
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Click, "k", "refused"));
        string filler = new('f', 100_000);
        while (bench.Append(null, (EventTopic.Impression, "k", filler)) == Admission.Accepted)
        {
            // until nothing fits any more
        }

        bench.Shipper.Tick();
        bench.Shipper.Tick();
        waiter.OutcomeNow().ShouldBeNull();
        bench.RunToRest();
        waiter.Outcomes[0].Status.ShouldBe(EventOutcome.DeadLettered);
        bench.Log.Records.Count(record => record.Topic == EventTopic.Bad).ShouldBe(1);
    }
}
