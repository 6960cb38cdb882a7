using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>The door: all of a group or nothing of it.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public void TryAppend_GroupLargerThanHalfABlock_BecomesSeveralUnderOneWaiter()
    {
        using var bench = new QueueHarness();
        (EventTopic, string, string)[] events = Many(count: 40, size: 30_000);
        var waiter = bench.Waiters.Rent(events.Length);
        bench.Append(waiter, events).ShouldBe(Admission.Accepted);
        bench.Pool.InUse.ShouldBeGreaterThan(1);

        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.Stored);
        bench.Log.Records.Select(record => record.Value).Order(StringComparer.Ordinal)
            .ShouldBe(events.Select(item => item.Item3).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TryAppend_NoRoomForAllOfALargeGroup_LeavesNothing()
    {
        using var bench = new QueueHarness();
        while (bench.Pool.InUse < bench.Pool.Count - 1)
        {
            bench.Append(null, Many(count: 10, size: 30_000)).ShouldBe(Admission.Accepted);
        }

        var accepted = bench.Accepted();
        var waiting = bench.Queue.WaitingBytes;
        var waiter = bench.Waiters.Rent(100);

        bench.Append(waiter, Many(count: 100, size: 30_000)).ShouldBe(Admission.QueueFull);
        bench.Accepted().ShouldBe(accepted);
        bench.Queue.WaitingBytes.ShouldBe(waiting);
        bench.Pool.InUse.ShouldBe(bench.Pool.Count - 1);
        bench.Waiters.Return(waiter);
    }

    [Fact]
    public void TryAppend_QueueFull_TakesAgainWhenKafkaHasTaken()
    {
        using var bench = new QueueHarness();
        (EventTopic, string, string)[] events = Many(count: 10, size: 30_000);
        Admission admission;
        var appended = 0;
        while ((admission = bench.Append(null, events)) == Admission.Accepted)
        {
            appended++;
        }

        admission.ShouldBe(Admission.QueueFull);
        (appended * 300_000L).ShouldBeGreaterThan(bench.Pool.Count * (QueueBlock.Bytes / 2L));

        bench.RunToRest();
        bench.Log.Records.Count.ShouldBe(appended * 10);
        bench.Append(null, events).ShouldBe(Admission.Accepted);
        bench.RunToRest();
    }

    [Fact]
    public void TryAppend_GroupLargerThanTheQueue_IsTooLarge()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { QueueBytesMax = 4 * 1024 * 1024, Lanes = 1 });
        bench.Append(null, Many(count: 80, size: 100_000)).ShouldBe(Admission.TooLarge);
        bench.Accepted().ShouldBe(0);
    }

    [Fact]
    public void TryAppend_BadEventsBeyondTheirShare_AreRefusedAndOthersAreNot()
    {
        using var bench = new QueueHarness();
        var share = bench.Pool.Count * (long)QueueBlock.Bytes / 10;
        long kept = 0;
        while (bench.Append(null, (EventTopic.Bad, "k", new string('b', 10_000))) == Admission.Accepted)
        {
            kept += 10_000;
        }

        kept.ShouldBeInRange(share - 20_000, share);
        bench.Append(null, (EventTopic.Bad, "k", new string('b', 10_000))).ShouldBe(Admission.ShareExceeded);
        bench.Append(null, (EventTopic.Click, "k", "fine")).ShouldBe(Admission.Accepted);

        bench.RunToRest();
        bench.Append(null, (EventTopic.Bad, "k", new string('b', 10_000))).ShouldBe(Admission.Accepted);
        bench.RunToRest();
    }

    [Fact]
    public void OldestAgeMs_BlockOpenForLong_CountsFromWhatIsUnfinished()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { Lanes = 1 });
        bench.Append(null, (EventTopic.Click, "k", "early"));
        bench.RunToRest();
        bench.Queue.OldestAgeMs.ShouldBe(0);
        bench.Time.Advance(60_000);
        bench.Append(null, (EventTopic.Click, "k", "late"));
        bench.Time.Advance(30);
        bench.Queue.OldestAgeMs.ShouldBe(30);
        bench.RunToRest();
    }

    [Fact]
    public void TryAppend_DoorClosed_IsDraining()
    {
        using var bench = new QueueHarness();
        bench.Queue.CloseDoor();
        bench.Append(null, (EventTopic.Click, "k", "v")).ShouldBe(Admission.Draining);
    }

    private static (EventTopic Topic, string Key, string Value)[] Many(int count, int size) =>
        [.. Enumerable.Range(0, count).Select(i => ((EventTopic)(i % 3), $"key-{i}", $"{i}:" + new string('v', size)))];
}
