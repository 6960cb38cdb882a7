using AdTracking.Events.Faults;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using AdTracking.Testing;

namespace AdTracking.Emitter.Tests;

public sealed class LedgerTests(ITestOutputHelper output)
{
    private readonly Ledger _ledger = new();

    [Fact]
    public void Count_SomeEvents_StandInTheirCell()
    {
        _ledger.Count(100, EventTopic.Click, 3, LedgerColumn.Accepted, 5);
        _ledger.Count(100, EventTopic.Click, 3, EventOutcome.Delivered, 2);
        _ledger.Count(100, EventTopic.Click, 3, EventOutcome.Damaged);
        _ledger.CountRejected(101, Ledger.UnknownClass, 0, FaultCode.MalformedJson, 7);

        var cells = _ledger.Snapshot();
        cells.Count.ShouldBe(2);
        cells[0].Minute.ShouldBe(100);
        cells[0].Topic.ShouldBe(EventTopic.Click);
        cells[0].Bucket.ShouldBe(3);
        cells[0].Waiting.ShouldBe(2);
        cells[0].Lost.ShouldBe(1);
        cells[1].Topic.ShouldBe(Ledger.UnknownClass);
        cells[1].Rejected.ShouldBe(7);
        cells[1].RejectedWith(FaultCode.MalformedJson).ShouldBe(7);
        _ledger.Snapshot(101).Single().Minute.ShouldBe(101);
    }

    [Fact]
    public void Count_InAKnownRow_AllocatesNothing()
    {
        CountRound();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            CountRound();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Count_MoreMinutesThanPages_TheOldestGoToTheRest()
    {
        const int minutes = Ledger.OpenPagesMax + 500;
        for (var minute = 1; minute <= minutes; minute++)
        {
            _ledger.Count(minute, EventTopic.Impression, 1, LedgerColumn.Accepted);
        }

        _ledger.Count(3, EventTopic.Impression, 1, EventOutcome.Delivered);

        var cells = _ledger.Snapshot();
        cells.Count.ShouldBe(Ledger.OpenPagesMax + 1);
        cells[0].Minute.ShouldBe(-1);
        cells[0][LedgerColumn.Accepted].ShouldBe(500);
        cells[0][EventOutcome.Delivered].ShouldBe(1);
        cells[1].Minute.ShouldBe(501);
        _ledger.Totals().Single().Waiting.ShouldBe(minutes - 1);
    }

    [Fact]
    public void Count_LongAfterAMinuteIsSettled_ItHasNoPageAnyMore()
    {
        _ledger.Count(10, EventTopic.Impression, 1, LedgerColumn.Accepted);
        _ledger.Count(11, EventTopic.Impression, 1, LedgerColumn.Accepted);
        _ledger.Count(11, EventTopic.Impression, 1, EventOutcome.Delivered);
        _ledger.Count(12 + Ledger.SettledMinutesKept, EventTopic.Impression, 1, LedgerColumn.Accepted);

        _ledger.Snapshot().Select(cell => cell.Minute).ShouldBe([-1, 10, 12 + Ledger.SettledMinutesKept]);
        _ledger.Totals().Single()[LedgerColumn.Accepted].ShouldBe(3);
    }

    [Fact]
    public void Count_ClockFarAhead_AndBack_LosesNoCount()
    {
        foreach (var minute in (int[])[100, 100 + 4_096, 100, 100 + 8_192, 100 + 4_096, 100, -5, int.MaxValue])
        {
            _ledger.Count(minute, EventTopic.Impression, 1, LedgerColumn.Accepted);
        }

        _ledger.Totals().Single()[LedgerColumn.Accepted].ShouldBe(8);
    }

    /// <summary>Minutes are retired all the time under the hands of those who count in them.</summary>
    [Fact]
    public void Count_FromManyThreadsWhilePagesRetire_NothingIsLost()
    {
        const int threads = 4;
        const int rounds = 20_000;
        var seed = Seeds.Next(output);
        Parallel.For(0, threads, thread =>
        {
            var random = new Random(seed + thread);
            for (var i = 0; i < rounds; i++)
            {
                var minute = (i / 4) + random.Next(400);
                var topic = (EventTopic)random.Next(3);
                _ledger.Count(minute, topic, (byte)random.Next(3), LedgerColumn.Accepted);
                _ledger.Count(minute, topic, (byte)random.Next(3), EventOutcome.Delivered);
                _ledger.CountRejected(minute, topic, 0, FaultCode.TooLong);
            }
        });

        var totals = _ledger.Totals();
        totals.Sum(cell => cell[LedgerColumn.Accepted]).ShouldBe(threads * rounds);
        totals.Sum(cell => cell[EventOutcome.Delivered]).ShouldBe(threads * rounds);
        totals.Sum(cell => cell.Rejected).ShouldBe(threads * rounds);
        _ledger.Snapshot().Sum(cell => cell[LedgerColumn.Accepted]).ShouldBe(threads * rounds);
    }

    [Fact]
    public void Count_ClickThatCouldNotBeStored_IsAcceptedAndLostAtOnce()
    {
        _ledger.Count(7, EventTopic.Click, 1, EventOutcome.ClickNotStored, 2);
        _ledger.Count(7, EventTopic.Click, 1, LedgerColumn.Accepted, 3);

        var cell = _ledger.Snapshot().ShouldHaveSingleItem();

        (cell[LedgerColumn.Accepted], cell.Lost, cell.Waiting).ShouldBe((5, 2, 3));
        var total = _ledger.Totals().ShouldHaveSingleItem();
        (total[LedgerColumn.Accepted], total.Lost, total.Waiting).ShouldBe((5, 2, 3));
    }

    [Fact]
    public void TryAppend_GroupThatIsRefused_IsNotCountedAsAccepted()
    {
        using var bench = new QueueHarness();
        bench.Append(null, (EventTopic.Click, "key", "taken")).ShouldBe(Admission.Accepted);
        var before = bench.Ledger.Snapshot().Single();
        before[LedgerColumn.Accepted].ShouldBe(1);
        before[LedgerColumn.AcceptedSum].ShouldNotBe(0);
        bench.Queue.CloseDoor();

        bench.Append(null, (EventTopic.Click, "key", "refused"), (EventTopic.Impression, "key", "refused")).ShouldBe(Admission.Draining);

        bench.Ledger.Snapshot().Sum(cell => cell[LedgerColumn.Accepted]).ShouldBe(1);
        bench.Ledger.Snapshot().Sum(cell => cell[LedgerColumn.AcceptedSum]).ShouldBe(before[LedgerColumn.AcceptedSum]);
        bench.RunToRest();
    }

    private void CountRound()
    {
        for (var minute = 1; minute < 4; minute++)
        {
            _ledger.Count(minute, EventTopic.Engagement, 16, LedgerColumn.Accepted, 2);
            _ledger.CountRejected(minute, EventTopic.Engagement, 16, FaultCode.TooLong);
        }
    }
}
