using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>What is handed over when, and what a partition that takes nothing does to the others.</summary>
public sealed class ShipperTests
{
    [Fact]
    public void Tick_FirstHandOverOfABlock_MarksTheOffsetsAcknowledgedBefore()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { Lanes = 1 }, partitions: 1);
        bench.Append(null, (EventTopic.Click, "k", "one"), (EventTopic.Click, "k", "two"), (EventTopic.Click, "k", "three"));
        var block = bench.Queue.Lanes[0].First!;
        block.Mark.IsTaken.ShouldBeFalse();
        bench.Shipper.Tick();
        var click = bench.Map.Current.Locate(EventTopic.Click, 0).Index;
        block.Mark.Offsets[click].ShouldBe(-1);
        bench.RunToRest();

        bench.Append(null, (EventTopic.Click, "k", "in the same block"));
        bench.RunToRest();

        // The open block keeps its mark; the next block's first hand-over sees offset 3 acknowledged.
        block.Mark.Offsets[click].ShouldBe(-1);
        bench.Queue.Lanes[0].StartAs(BlockKind.Unsent);
        bench.Append(null, (EventTopic.Click, "k", "four"));
        bench.Shipper.Tick();
        var next = bench.Queue.Lanes[0].First!;
        next.Mark.Offsets[click].ShouldBe(3);
        next.Kind.ShouldBe(BlockKind.Shipping);
        bench.RunToRest();
    }

    [Fact]
    public void Tick_InFlightBoundHoldsForSyncAfterMs_NewBlocksStartAsWaiting()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { InFlightEventsMax = 64, Lanes = 1 }, partitions: 1);
        for (var i = 0; i < 100; i++)
        {
            bench.Append(null, (EventTopic.Click, "k", $"{i}"));
        }

        bench.Shipper.Tick();
        bench.Budget.Events.ShouldBe(64);
        var first = bench.Queue.Lanes[0].First!;
        first.Closed.ShouldBeFalse();
        bench.Time.Advance(60);
        bench.Shipper.Tick();
        first.Closed.ShouldBeTrue();

        bench.Append(null, (EventTopic.Click, "k", "behind"));
        bench.Pool.InUse.ShouldBe(2);
        var second = bench.Pool.Blocks.ToArray().Single(block => block.HasUnfinished && !block.Closed);
        second.Kind.ShouldBe(BlockKind.Unsent);
        second.Mark.IsTaken.ShouldBeFalse();

        bench.RunToRest();
        bench.Log.Records.Select(record => record.Value).ShouldBe([.. Enumerable.Range(0, 100).Select(i => $"{i}"), "behind"]);
    }

    [Fact]
    public void Tick_PartitionWithoutAnswers_TakesItsShareAndOthersFlowOn()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { InFlightEventsMax = 4_096 }, partitions: 4);
        var stuck = bench.Map.Current.Locate(EventTopic.Click, Murmur2.Hash("key-0"u8));
        for (var round = 0; round < 300; round++)
        {
            for (var i = 0; i < 40; i++)
            {
                bench.Append(null, (EventTopic.Click, $"key-{i}", $"{round}/{i}"));
            }

            bench.Shipper.Tick();
            foreach ((var topic, var partition) in bench.Producer.HoldingPartitions)
            {
                if (partition != stuck.Partition)
                {
                    bench.Producer.Answer(topic, partition, int.MaxValue);
                }
            }

            bench.Deliver();
            bench.Time.Advance(10);
        }

        stuck.InFlightEvents.ShouldBe(bench.Budget.PartitionEventsMax(bench.Map.Current));
        stuck.Stalled.ShouldBeTrue();
        bench.Budget.Events.ShouldBe(stuck.InFlightEvents);
        var others = Enumerable.Range(0, 40).Count(i => bench.Map.Current.Locate(EventTopic.Click, Hash(i)) != stuck);
        bench.Log.Records.Count.ShouldBe(others * 300);
        bench.RunToRest();
        bench.Log.Records.Count.ShouldBe(40 * 300);
    }

    [Fact]
    public void TryAppend_StalledPartitionPinsMoreThanAQuarter_OnlyItsEventsAreRefused()
    {
        using var bench = new QueueHarness(partitions: 4);
        var stuck = bench.Map.Current.Locate(EventTopic.Click, Hash(0));
        bench.Producer.Refusal = (topic, partition) =>
            topic == EventTopic.Click && partition == stuck.Partition ? KafkaErrors.UnknownTopicOrPartition : 0;
        bench.Producer.Immediate = true;
        var other = Enumerable.Range(1, 50).First(i => bench.Map.Current.Locate(EventTopic.Click, Hash(i)) != stuck);
        var admission = Admission.Accepted;
        var rounds = 0;
        while (admission == Admission.Accepted)
        {
            rounds++.ShouldBeLessThan(100_000);
            bench.Append(null, (EventTopic.Click, $"key-{other}", new string('x', 2_000))).ShouldBe(Admission.Accepted);
            admission = bench.Append(null, (EventTopic.Click, "key-0", new string('x', 1_000)));
            bench.Shipper.Tick();
            bench.Deliver();
            bench.Time.Advance(5);
        }

        admission.ShouldBe(Admission.QueueFull);
        bench.Pool.InUse.ShouldBeLessThanOrEqualTo(bench.Pool.Count / 2);
        bench.Append(null, (EventTopic.Click, $"key-{other}", "still fine")).ShouldBe(Admission.Accepted);
        bench.Producer.Refusal = (_, _) => 0;
        bench.RunToRest();
        bench.Shipper.Tick();
        bench.Append(null, (EventTopic.Click, "key-0", "again")).ShouldBe(Admission.Accepted);
        bench.RunToRest();
    }

    [Fact]
    public void Tick_EventsReportedAsNotPersisted_AreHandedOverAgainInTheirOrder()
    {
        using var bench = new QueueHarness(partitions: 1);
        for (var i = 0; i < 30; i++)
        {
            bench.Append(null, (EventTopic.Engagement, "k", $"{i:00}"));
        }

        bench.Shipper.Tick();
        bench.Append(null, (EventTopic.Engagement, "k", "30"));
        for (var i = 0; i < 3; i++)
        {
            bench.Producer.Fail(EventTopic.Engagement, 0, 10, KafkaErrors.NotEnoughReplicas, possiblyPersisted: false, () => false);
        }

        bench.Deliver();
        bench.Log.Records.ShouldBeEmpty();
        bench.Shipper.Tick().ShouldBe(0);
        bench.RunToRest();
        bench.Log.Records.Select(record => record.Value).ShouldBe(Enumerable.Range(0, 31).Select(i => $"{i:00}"));
        bench.Deliveries.Errors(KafkaErrorClass.PartitionUnable).ShouldBe(30);
    }

    [Fact]
    public void Tick_OneRecordSpoilsItsBatch_ItAloneIsRefused()
    {
        using var bench = new QueueHarness(partitions: 1);
        bench.Producer.IsBadRecord = value => value == "57";
        var waiters = new DeliveryWaiter[100];
        for (var i = 0; i < 100; i++)
        {
            waiters[i] = bench.Waiters.Rent(1);
            bench.Append(waiters[i], (EventTopic.Impression, "k", $"{i}"));
        }

        bench.Shipper.Tick();
        bench.RunToRest();
        for (var i = 0; i < 100; i++)
        {
            waiters[i].OutcomeNow().ShouldBe(i == 57 ? WaitOutcome.SomeFailed : WaitOutcome.Stored);
            waiters[i].Outcomes[0].Status.ShouldBe(i == 57 ? EventOutcome.DeadLettered : EventOutcome.Delivered);
        }

        bench.Log.Records.Where(record => record.Topic == EventTopic.Impression).Select(record => record.Value)
            .ShouldBe(Enumerable.Range(0, 100).Where(i => i != 57).Select(i => $"{i}"));
        bench.Log.Records.Count(record => record.Topic == EventTopic.Bad).ShouldBe(1);
        bench.Map.Current.Locate(EventTopic.Impression, 0).BatchLimit.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Tick_RefusedWithoutAReportForItsSize_IsSettledThere()
    {
        using var bench = new QueueHarness(partitions: 1);
        bench.Producer.Refusal = (topic, _) => topic == EventTopic.Impression ? KafkaErrors.MessageSizeTooLarge : 0;
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Impression, "k", "too large"));
        bench.Shipper.Tick();
        waiter.OutcomeNow().ShouldBeNull("its BadEvent is not stored yet");
        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.SomeFailed);
        waiter.Outcomes[0].ErrorCode.ShouldBe((short)KafkaErrors.MessageSizeTooLarge);
        bench.Budget.Events.ShouldBe(0);
    }

    [Fact]
    public void ReplaceProducer_EventsInFlight_AreSentAgainOnlyWhenNotPersisted()
    {
        using var bench = new QueueHarness(partitions: 1);
        var waiters = new DeliveryWaiter[10];
        for (var i = 0; i < 10; i++)
        {
            waiters[i] = bench.Waiters.Rent(1);
            bench.Append(waiters[i], (EventTopic.Impression, "k", $"{i}"));
        }

        bench.Shipper.Tick();
        bench.ReplaceProducer();
        bench.RunToRest();
        bench.Total(EventOutcome.FateUnknown).ShouldBe(5);
        bench.Log.Records.Select(record => record.Value).ShouldBe(["0", "2", "4", "6", "8"]);
        waiters[1].Outcomes[0].Status.ShouldBe(EventOutcome.FateUnknown);
        waiters[2].Outcomes[0].Status.ShouldBe(EventOutcome.Delivered);
    }

    [Fact]
    public void AbandonInFlight_ProducerThatNeverReports_SettlesAsUnknown()
    {
        using var bench = new QueueHarness(partitions: 2);
        for (var i = 0; i < 50; i++)
        {
            bench.Append(null, (EventTopic.Impression, $"key-{i}", $"{i}"));
        }

        bench.Shipper.Tick();
        bench.Append(null, (EventTopic.Impression, "key", "not handed over"));
        bench.Shipper.Use(null);
        bench.Deliveries.AbandonInFlight().ShouldBe(50);
        bench.Budget.Events.ShouldBe(0);
        bench.Total(EventOutcome.FateUnknown).ShouldBe(50);
    }

    [Fact]
    public void Update_TopicGrows_OldPartitionsKeepTheirIndexesAndNewOnesAreUsed()
    {
        using var bench = new QueueHarness(partitions: 2);
        var before = bench.Map.Current.All.ToArray();
        bench.Map.Update([4, 0, 0, 0, 0, 0]);
        bench.Map.Current.All[..before.Length].ToArray().ShouldBe(before);
        bench.Map.Current.Count(EventTopic.Impression).ShouldBe(4);
        bench.Map.Current.Count(EventTopic.Click).ShouldBe(2);
        for (var i = 0; i < 100; i++)
        {
            bench.Append(null, (EventTopic.Impression, $"key-{i}", $"{i}"));
        }

        bench.RunToRest();
        bench.Log.Records.Select(record => record.Partition).Distinct().Order().ShouldBe([0, 1, 2, 3]);
    }

    private static uint Hash(int i) => Murmur2.Hash(System.Text.Encoding.UTF8.GetBytes($"key-{i}"));
}
