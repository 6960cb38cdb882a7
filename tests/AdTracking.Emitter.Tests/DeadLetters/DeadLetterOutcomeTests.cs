using AdTracking.Emitter.Kafka;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>What Kafka refuses for good becomes a BadEvent, and has its outcome only when that is stored.</summary>
public sealed class DeadLetterOutcomeTests
{
    [Fact]
    public void Refuse_RecordAmongGoodOnes_IsTheOnlyOneInTheBadTopicWithItsReasonAndBytes()
    {
        using var bench = Bench();
        bench.Producer.IsBadRecord = value => value == "wrong";
        var waiter = bench.Waiters.Rent(5);
        bench.Append(waiter, Click("a", "1"), Click("b", "2"), Click("c", "wrong"), Click("d", "3"), Click("e", "4")).ShouldBe(Admission.Accepted);
        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.SomeFailed);
        for (var i = 0; i < 5; i++)
        {
            waiter.Outcomes[i].Status.ShouldBe(i == 2 ? EventOutcome.DeadLettered : EventOutcome.Delivered);
        }

        waiter.Outcomes[2].ErrorCode.ShouldBe((short)KafkaErrors.MessageSizeTooLarge);
        bench.Log.Records.Count(record => record.Topic == EventTopic.Click).ShouldBe(4);

        var bad = BadEvents(bench).ShouldHaveSingleItem();
        bad.FailureCode.ShouldBe(FailureCode.KafkaRejected);
        bad.FailureTag.ShouldBe("kafka_rejected");
        bad.FailureMessage!.ShouldContain("MSG_SIZE_TOO_LARGE");
        bad.EdgeId.ShouldBe("edge-7");
        bad.SchemaName.ShouldBe("AdClick");
        bad.Headers["kafka-topic"].ShouldBe("ad.click");
        bad.Headers["kafka-key"].ShouldBe("c");
        bad.FailureMessage!.ShouldContain($"ad.click-{waiter.Outcomes[2].Partition}");
        bad.Body!.Value.Span[GroupBuffer.FrameBytes..].ToArray().ShouldBe("wrong"u8.ToArray());
        bad.BodyTruncated.ShouldBeFalse();
        bad.BodyLength.ShouldBe(GroupBuffer.FrameBytes + 5);
        Column(bench, EventOutcome.DeadLettered).ShouldBe(1);
        Column(bench, EventOutcome.Delivered).ShouldBe(5);
        AccountIsClosed(bench);
    }

    [Fact]
    public void Refuse_BadTopicTakesNothing_TheOutcomeWaitsForIt()
    {
        using var bench = Bench();
        bench.Producer.IsBadRecord = value => value == "wrong";
        bench.Producer.Refusal = (topic, _) => topic == EventTopic.Bad ? KafkaErrors.UnknownTopicOrPartition : 0;
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, Click("a", "wrong"));
        Run(bench, rounds: 200);
        waiter.OutcomeNow().ShouldBeNull();
        Column(bench, EventOutcome.DeadLettered).ShouldBe(0);
        bench.Producer.Refusal = (_, _) => 0;
        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.SomeFailed);
        BadEvents(bench).Count.ShouldBe(1);
    }

    [Fact]
    public void Refuse_BadEventTooLargeAsWell_KeepsHalfOfTheBytes()
    {
        using var bench = Bench();
        string large = new('x', 30_000);
        bench.Producer.IsBadRecord = value => value.Length > 20_000;
        bench.Append(null, Click("a", large), Click("b", "good"));
        bench.RunToRest();
        var bad = BadEvents(bench).ShouldHaveSingleItem();
        bad.BodyTruncated.ShouldBeTrue();
        bad.BodyLength.ShouldBe(GroupBuffer.FrameBytes + 30_000);
        bad.Body!.Value.Length.ShouldBe((GroupBuffer.FrameBytes + 30_000) / 2);
        Column(bench, EventOutcome.DeadLettered).ShouldBe(1);
        AccountIsClosed(bench);
    }

    [Fact]
    public void Refuse_BadEventsAreRefusedToo_EndsAndIsCountedAsLost()
    {
        using var bench = Bench();
        bench.Producer.IsBadRecord = value => value != "good";
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, Click("a", "wrong"));
        bench.Append(null, Click("b", "good"));
        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.SomeFailed);
        waiter.Outcomes[0].Status.ShouldBe(EventOutcome.RefusedTwice);
        bench.Ledger.Totals().Single(cell => cell.Topic == EventTopic.Bad)[LedgerColumn.Accepted].ShouldBe(1);
        Column(bench, EventOutcome.RefusedTwice).ShouldBe(2);
        Column(bench, EventOutcome.DeadLettered).ShouldBe(0);
        AccountIsClosed(bench);
    }

    [Fact]
    public void Refuse_QueueFullOfRefusedEventsAndShareUsedUp_BadEventsHaveTheirOwnRoom()
    {
        using var bench = Bench();
        bench.Producer.IsBadRecord = value => value.StartsWith("wrong", StringComparison.Ordinal);
        string large = new('x', 100_000);
        while (bench.Append(null, (EventTopic.Bad, "share", large)) == Admission.Accepted)
        {
            continue;
        }

        var accepted = 0;
        while (bench.Append(null, Click($"k{accepted}", "wrong" + large)) == Admission.Accepted)
        {
            accepted++;
        }

        accepted.ShouldBeGreaterThan(10);
        bench.RunToRest();
        BadEvents(bench).Count(bad => bad.FailureCode == FailureCode.KafkaRejected).ShouldBe(accepted);
        Column(bench, EventOutcome.DeadLettered).ShouldBe(accepted);
        AccountIsClosed(bench);
    }

    [Fact]
    public void Refuse_DoorIsClosed_StillComesToRest()
    {
        using var bench = Bench();
        bench.Producer.IsBadRecord = value => value == "wrong";
        bench.Append(null, Click("a", "wrong"));
        bench.Queue.CloseDoor();
        bench.Append(null, Click("a", "late")).ShouldBe(Admission.Draining);
        bench.RunToRest();
        BadEvents(bench).Count.ShouldBe(1);
    }

    [Fact]
    public void Refuse_WithoutKeepingThem_OnlyWhoWaitsIsTold()
    {
        using var bench = new QueueHarness(QueueHarness.Options() with { KeepsRefused = false, Ledger = new Ledger() });
        bench.Producer.IsBadRecord = value => value == "wrong";
        var waiter = bench.Waiters.Rent(1);
        bench.Append(waiter, Click("a", "wrong"));
        bench.RunToRest();
        waiter.OutcomeNow().ShouldBe(WaitOutcome.SomeFailed);
        BadEvents(bench).ShouldBeEmpty();
        Column(bench, EventOutcome.RefusedTwice).ShouldBe(1);
    }

    private static QueueHarness Bench() => new(QueueHarness.Options() with { EdgeId = "edge-7", Ledger = new Ledger() });

    private static (EventTopic Topic, string Key, string Value) Click(string key, string value) => (EventTopic.Click, key, value);

    private static void Run(QueueHarness bench, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            bench.Shipper.Tick();
            bench.Producer.AnswerAll();
            bench.Deliver();
            bench.Time.Advance(20);
        }
    }

    private static List<BadEvent> BadEvents(QueueHarness bench) =>
    [
        .. bench.Log.Records.Where(record => record.Topic == EventTopic.Bad && !record.Value.StartsWith('x'))
            .Select(record => BadEvent.TryDecode(record.Bytes.AsSpan(GroupBuffer.FrameBytes), out var bad)
                ? bad
                : throw new InvalidOperationException("not a BadEvent")),
    ];

    private static long Column(QueueHarness bench, EventOutcome outcome) => bench.Total(outcome);

    private static void AccountIsClosed(QueueHarness bench)
    {
        bench.Ledger.Totals().Sum(cell => cell.Waiting).ShouldBe(0);
        bench.Waiters.InUse.ShouldBeLessThanOrEqualTo(1);
        bench.DeadLetters.HasWork.ShouldBeFalse();
    }
}
