using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>When a block's use ends, and that what it held means nothing after that.</summary>
public sealed class QueueBlockTests
{
    [Fact]
    public void Release_DecidedInAnEarlierUse_DoesNotEndThisOne()
    {
        var block = new QueueBlock(0);
        Use(block);
        var decided = block.Phase;
        block.FinishGroup().ShouldBeTrue();
        Use(block);

        // As if the thread that saw the earlier use done had been held up until now.
        block.Release(decided).ShouldBeFalse();
        block.IsPinned.ShouldBeTrue();
        block.FinishGroup().ShouldBeTrue();
        block.Free();
    }

    [Fact]
    public void EndHold_TwoHoldersAndTheLastOutcomeMeanwhile_LastOneReleases()
    {
        var block = new QueueBlock(0);
        Use(block);
        block.TryHold(BlockHolder.Deliveries).ShouldBeTrue();
        block.TryHold(BlockHolder.Journal).ShouldBeTrue();
        block.FinishGroup().ShouldBeFalse();
        block.EndHold(BlockHolder.Journal).ShouldBeFalse("the delivery thread still reads it");
        block.IsReleased.ShouldBeFalse();
        block.EndHold(BlockHolder.Deliveries).ShouldBeTrue();
        block.IsReleased.ShouldBeTrue();
        block.TryHold(BlockHolder.Deliveries).ShouldBeFalse();
        block.Free();
    }

    [Fact]
    public void AbandonInFlight_LastEventOfABlock_ReleasesItAfterItWasReadThrough()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { Lanes = 1 }, partitions: 1);
        bench.Append(null, (EventTopic.Click, "k", "delivered"), (EventTopic.Impression, "k", "in flight"), (EventTopic.Click, "k", "delivered"));
        bench.Shipper.Tick();
        bench.Producer.Answer(EventTopic.Click, 0, 2);
        bench.Deliver();
        var block = bench.Queue.Lanes[0].First!;
        bench.Queue.Lanes[0].StartAs(BlockKind.Unsent);
        bench.Shipper.Tick();
        block.IsPinned.ShouldBeTrue();
        bench.Shipper.Use(null);
        bench.Deliveries.AbandonInFlight().ShouldBe(1);
        block.IsReleased.ShouldBeTrue();
        bench.Pool.InUse.ShouldBe(0);
        bench.Deliveries.AbandonInFlight().ShouldBe(0);
        bench.Budget.Events.ShouldBe(0);
        (bench.Total(EventOutcome.Delivered), bench.Total(EventOutcome.FateUnknown)).ShouldBe((2, 1));
    }

    private static void Use(QueueBlock block)
    {
        block.Open(BlockKind.Shipping, 0, 2);
        block.Publish(64, 0);
        block.Close();
        block.Drop().ShouldBeFalse();
    }
}
