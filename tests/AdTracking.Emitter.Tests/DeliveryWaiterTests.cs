using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

public sealed class DeliveryWaiterTests
{
    [Fact]
    public async Task WaitAsync_DeadlinePassesFirst_SaysWhichEventsAreDelivered()
    {
        using var bench = new QueueHarness(partitions: 1);
        var waiter = bench.Waiters.Rent(2);
        bench.Append(waiter, (EventTopic.Click, "k", "a"), (EventTopic.Click, "k", "b"));
        bench.Shipper.Tick();
        bench.Producer.Answer(EventTopic.Click, 0, 1);
        bench.Deliver();
        bench.Time.Advance(1_999);
        bench.Waiters.Expire(bench.Clock.NowMs).ShouldBe(0);
        bench.Time.Advance(1);
        bench.Waiters.Expire(bench.Clock.NowMs).ShouldBe(1);

        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.DeadlineExceeded);
        waiter.Outcomes[0].Status.ShouldBe(EventOutcome.Delivered);
        waiter.Outcomes[1].Status.ShouldBe(EventOutcome.Waiting);
        bench.Waiters.Return(waiter);
        bench.RunToRest();
        bench.Total(EventOutcome.Delivered).ShouldBe(2);
    }

    [Fact]
    public async Task Settle_AfterTheDeadline_LeavesTheOutcomesAsTheyAreRead()
    {
        using var bench = new QueueHarness(partitions: 1);
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Click, "k", "late"));
        bench.Time.Advance(2_000);
        bench.Waiters.Expire(bench.Clock.NowMs).ShouldBe(1);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.DeadlineExceeded);

        bench.RunToRest();

        waiter.Outcomes[0].Status.ShouldBe(EventOutcome.Waiting);
        bench.Waiters.Return(waiter);
    }

    [Fact]
    public void Settle_WaiterUsedAgainMeanwhile_IsNotToldOfEarlierEvents()
    {
        using var bench = new QueueHarness(partitions: 1);
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Click, "k", "late"));
        bench.Shipper.Tick();
        bench.Time.Advance(5_000);
        bench.Waiters.Expire(bench.Clock.NowMs);
        bench.Waiters.Return(waiter);
        var again = bench.Waiters.Rent(1);
        again.ShouldBeSameAs(waiter);
        bench.Append(again, (EventTopic.Click, "k", "next"));
        bench.Producer.Answer(EventTopic.Click, 0, 1);
        bench.Deliver();
        again.OutcomeNow().ShouldBeNull();
        again.Outcomes[0].Status.ShouldBe(EventOutcome.Waiting);
        bench.RunToRest();
        again.OutcomeNow().ShouldBe(WaitOutcome.Stored);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_ByOption_RunsContinuationsThereOrElsewhere(bool inline)
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { InlineContinuations = inline }, partitions: 1);
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Click, "k", "v"));
        var completer = 0;
        var continuation = ContinuationThread(waiter);
        var thread = new Thread(() =>
        {
            completer = Environment.CurrentManagedThreadId;
            bench.RunToRest();
        });
        thread.Start();
        // First: what comes after an await may run on that thread, and would wait for itself.
        thread.Join();
        var ran = await continuation;
        (ran == completer).ShouldBe(inline);
    }

    [Fact]
    public async Task Stop_WaitersThatWait_AreStopped()
    {
        using var bench = new QueueHarness();
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Click, "k", "v"));
        bench.Waiters.Stop().ShouldBe(1);
        (await waiter.WaitAsync()).ShouldBe(WaitOutcome.Stopped);
    }

    [Fact]
    public void Return_WaiterThatStillWaits_IsAnError()
    {
        using var bench = new QueueHarness();
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, (EventTopic.Click, "k", "v"));
        Should.Throw<System.Diagnostics.UnreachableException>(() => bench.Waiters.Return(waiter));
    }

    private static async Task<int> ContinuationThread(DeliveryWaiter waiter)
    {
        await waiter.WaitAsync().ConfigureAwait(false);
        return Environment.CurrentManagedThreadId;
    }
}
