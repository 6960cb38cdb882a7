using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

public sealed class SpillTests
{
    [Fact]
    public void Round_KafkaAnswersInTime_TouchesNoFile()
    {
        using var bench = new JournalHarness();
        var waiter = bench.Append("a", "b");
        bench.Step();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.Stored);
        ((MemoryFiles)bench.Files).Entries.ShouldBeEmpty();
        bench.Stats.Syncs.ShouldBe(0);
    }

    [Fact]
    public void Round_KafkaIsSilentForSyncAfterMs_SyncsAndTellsTheWaiter()
    {
        using var bench = new JournalHarness();
        var waiter = bench.Append("a", "b");
        bench.Core.Shipper.Tick();
        bench.Time.Advance(bench.Options.SyncAfterMs - 1);
        bench.Journal.Round();
        waiter.OutcomeNow().ShouldBeNull();
        bench.Time.Advance(1);
        bench.Journal.Round();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.Stored);
        waiter.Outcomes.ToArray().ShouldAllBe(outcome => outcome.Status == EventOutcome.Synced);
        bench.Stats.SpilledEvents.ShouldBe(2);
        bench.RunToRest();
        bench.ShouldHold("a", "b");
    }

    [Fact]
    public void Round_EverythingDelivered_DeletesTheSegmentAfterAWhile()
    {
        using var bench = new JournalHarness();
        bench.Append("a");
        bench.Spill();
        bench.RunToRest();
        bench.Stats.Segments.ShouldBe(1);
        bench.Time.Advance(20_000);
        bench.Journal.Round();
        bench.Stats.Segments.ShouldBe(0);
        ((MemoryFiles)bench.Files).Entries.ShouldBeEmpty();
    }

    [Fact]
    public void Round_InFlightBoundHolds_WaitingBlocksLeaveMemoryAndComeBack()
    {
        using var bench = new JournalHarness();
        var values = new List<string>();
        for (var i = 0; i < 4_000; i++)
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
        bench.Pool.InUse.ShouldBeLessThanOrEqualTo(3);
        bench.Stats.WaitingEvents.ShouldBeGreaterThan(2_000);
        bench.RunToRest();
        bench.ShouldHold(values);
    }

    [Theory]
    [InlineData(AckLevel.Journaled, WaitOutcome.Stored)]
    [InlineData(AckLevel.Kafka, null)]
    public void Round_OtherLevels_TellWhatTheyPromise(AckLevel ack, WaitOutcome? expected)
    {
        using var bench = new JournalHarness(JournalHarness.DefaultOptions() with { Ack = ack });
        bench.Append("first"); // the first spill syncs in any case
        bench.Spill();
        var waiter = bench.Append("a");
        bench.Spill();
        waiter.OutcomeNow().ShouldBe(expected);
        if (expected is not null)
        {
            waiter.Outcomes[0].Status.ShouldBe(EventOutcome.Journaled);
        }
    }

    [Fact]
    public void Round_DiskFull_RefusesAtTheDoorAndRecovers()
    {
        using var bench = new JournalHarness();
        var files = (MemoryFiles)bench.Files;
        files.BytesMax = 1024;
        var waiter = bench.Append("a");
        bench.Spill();
        waiter.OutcomeNow().ShouldBeNull();
        bench.Journal.Refusing.ShouldBeTrue();
        bench.Stats.Problem.ShouldNotBeNull().ShouldContain("No space");
        files.Entries.ShouldBeEmpty();
        files.BytesMax = long.MaxValue;
        bench.Time.Advance(1_000);
        bench.Journal.Round();
        bench.Journal.Round();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.Stored);
        bench.Journal.Refusing.ShouldBeFalse();
        bench.RunToRest();
        bench.ShouldHold("a");
    }

    [Fact]
    public void Round_JournalHoldsBytesMax_SaysSo()
    {
        using var bench = new JournalHarness(JournalHarness.DefaultOptions() with { JournalBytesMax = 3 * 1024 * 1024 });
        string value = new('x', 60_000);
        for (var i = 0; i < 40; i++)
        {
            bench.TryAppend(null, value + i, value + i + "b");
            bench.Spill();
        }

        bench.Journal.Refusing.ShouldBeTrue();
        bench.Stats.Problem.ShouldNotBeNull().ShouldContain("JournalBytesMax");
        bench.Stats.Bytes.ShouldBeLessThanOrEqualTo(3 * 1024 * 1024);
    }
}
