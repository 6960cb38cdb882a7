using AdTracking.Cli.Verifying;
using AdTracking.Events;

namespace AdTracking.Cli.Tests.Verifying;

/// <summary>What the ledger allows a topic to hold, run by run.</summary>
public sealed class AccountTests
{
    private const string First = "0001";
    private const string Second = "0002";
    private const int Minute = 29_000_000;

    private static readonly CellKey Key = new("edge-1", Minute, "click", "b01");
    private static readonly DateTimeOffset MinuteTs = DateTimeOffset.FromUnixTimeSeconds(Minute * 60L);

    private readonly Account _account = new(MinuteTs.AddMinutes(10));

    [Theory]
    [InlineData(5, 0, 0)]
    [InlineData(4, 1, 0)]
    [InlineData(6, 0, 1)]
    public void Closed_OneRun_TheNumberMustBeEqual(int found, int missing, int extra)
    {
        _account.Add(Entry(First) with { Received = 5, Accepted = 5, Delivered = 5, AcceptedSum = Records(found).Sum });

        var verdict = _account.Judge(Key, Records(found));

        (verdict.Missing, verdict.Extra, verdict.IsEqual).ShouldBe((missing, extra, found == 5));
    }

    [Fact]
    public void Closed_SameNumberOtherRecords_AreChanged()
    {
        _account.Add(Entry(First) with { Received = 3, Accepted = 3, Delivered = 3, AcceptedSum = Records(3).Sum });

        _account.Judge(Key, Records(3)).IsEqual.ShouldBeTrue();
        _account.Judge(Key, Records(3, first: 1)).IsChanged.ShouldBeTrue();
    }

    [Fact]
    public void Closed_ARecordTwiceAndAnotherGone_IsDoubledAndChanged()
    {
        _account.Add(Entry(First) with { Received = 3, Accepted = 3, Delivered = 3, AcceptedSum = Records(3).Sum });
        var records = Records(2);
        records.Add("k"u8, [1, 0]);

        var verdict = _account.Judge(Key, records);

        (verdict.Doubled, verdict.IsChanged, verdict.Extra).ShouldBe((1, true, 0));
    }

    [Fact]
    public void Closed_LostClicks_AreNotExpected()
    {
        _account.Add(Entry(First) with
        {
            Received = 3,
            Accepted = 3,
            Delivered = 2,
            AcceptedSum = Records(2).Sum,
            Lost = new Dictionary<string, long> { ["click_not_stored"] = 1 },
        });

        _account.Judge(Key, Records(2)).IsEqual.ShouldBeTrue();
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    [InlineData(11, false)]
    public void LaterRun_DeliversWhatTheFormerLeft_OnceEach(int found, bool isEqual)
    {
        // The former left four in the journal; the later one found two of the former's own deliveries there as well, and struck them out.
        _account.Add(Entry(First) with { Received = 10, Accepted = 10, Delivered = 6, WaitingJournal = 4, AcceptedSum = Records(found).Sum });
        _account.Add(Entry(Second) with { Recovered = 6, Delivered = 6, StruckOut = 2 });

        _account.Judge(Key, Records(found)).IsEqual.ShouldBe(isEqual);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Waiting_InAJournal_IsABound(int found, bool isEqual)
    {
        _account.Add(Entry(First) with { Received = 10, Accepted = 10, Delivered = 6, WaitingJournal = 4 });

        var verdict = _account.Judge(Key, Records(found));

        verdict.Kind.ShouldBe(CellKind.Open);
        verdict.IsEqual.ShouldBe(isEqual);
    }

    [Theory]
    [InlineData(20, 3, false)]
    [InlineData(20, 4, true)]
    [InlineData(20, 500, true)]
    [InlineData(90, 10, true)]
    [InlineData(90, 11, false)]
    public void Cut_WhatIsKnown_IsABound(int writtenAfterSeconds, int found, bool isEqual)
    {
        _account.Add(Entry(First) with
        {
            State = LedgerState.Open,
            Accepted = 10,
            Delivered = 4,
            WaitingMemory = 6,
            WrittenTs = MinuteTs.AddSeconds(writtenAfterSeconds),
        });
        _account.Add(Cut(First));

        var verdict = _account.Judge(Key, Records(found));

        verdict.Kind.ShouldBe(CellKind.Cut);
        verdict.IsEqual.ShouldBe(isEqual);
    }

    [Fact]
    public void Cut_BeforeTheFirstEntry_TheLaterRunsShareIsCertain()
    {
        _account.Add(Cut(First));
        _account.Add(Entry(Second) with { Recovered = 5, Delivered = 5, StruckOut = 3 });

        _account.Judge(Key, Records(4)).Missing.ShouldBe(1);
        _account.Judge(Key, Records(50)).IsEqual.ShouldBeTrue();
    }

    [Fact]
    public void Cut_ACellThatWasFinalBefore_StaysExact()
    {
        _account.Add(Entry(First) with { Received = 2, Accepted = 2, Delivered = 2, AcceptedSum = Records(2).Sum });
        _account.Add(Cut(First));

        _account.Judge(Key, Records(2)).IsEqual.ShouldBeTrue();
        _account.Judge(Key, Records(3)).Extra.ShouldBe(1);
    }

    [Fact]
    public void Unaccounted_RecordsOfAPublishedTime_AreExtra()
    {
        _account.Add(Entry(First) with { MinuteTs = MinuteTs.AddMinutes(1) });

        _account.Judge(Key, Records(1)).Extra.ShouldBe(1);
        _account.Judge(Key with { Minute = Minute + 1, Bucket = "b09" }, Records(1)).IsEqual.ShouldBeTrue(); // not published to its end yet
        _account.Judge(Key with { Edge = "somebody" }, Records(1)).Extra.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 7)]
    public void Unpublished_RecordsOfAGatewayWithoutEntries_AreJudgedWhenTheyHadTheirTime(int minutesLater, int extra)
    {
        var account = new Account(MinuteTs.AddMinutes(minutesLater).AddSeconds(30));

        var verdict = account.Judge(Key, Records(7));

        (verdict.Kind, verdict.Extra).ShouldBe((extra == 0 ? CellKind.Unpublished : CellKind.Unaccounted, extra));
    }

    [Theory]
    [InlineData(4, 1, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(8, 0, 0)]
    [InlineData(9, 0, 1)]
    public void Live_MinuteInProgress_IsBoundedByWhatTheGatewaySaidBeforeAndAfter(int found, int missing, int extra)
    {
        _account.AddLive(Key.Edge, First, [Live(accepted: 6, delivered: 5)]);
        _account.AddLiveAfter([Live(accepted: 8, delivered: 8)]);

        var verdict = _account.Judge(Key, Records(found));

        (verdict.Missing, verdict.Extra, verdict.Unbalanced).ShouldBe((missing, extra, 0));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    public void Live_CellThatBeganWhileTheTopicsWereRead_HasToHoldNothing(int found, int extra)
    {
        _account.AddLive(Key.Edge, First, []);
        _account.AddLiveAfter([Live(accepted: 3, delivered: 3)]);

        var verdict = _account.Judge(Key, Records(found));

        (verdict.Missing, verdict.Extra, verdict.Unbalanced).ShouldBe((0, extra, 0));
    }

    [Fact]
    public void Live_CellThatIsPublishedAsFinal_StaysExact()
    {
        _account.Add(Entry(First) with { Received = 2, Accepted = 2, Delivered = 2, AcceptedSum = Records(2).Sum });
        _account.AddLive(Key.Edge, First, [Live(accepted: 2, delivered: 2)]);
        _account.AddLiveAfter([Live(accepted: 2, delivered: 2)]);

        _account.Judge(Key, Records(2)).Kind.ShouldBe(CellKind.Closed);
        _account.Judge(Key, Records(2, first: 1)).IsChanged.ShouldBeTrue();
    }

    [Fact]
    public void Live_RecordsThatTheGatewayDoesNotKnow_AreExtraAfterItsFirstMinute()
    {
        _account.AddLive(Key.Edge, First, [Live(accepted: 1, delivered: 1)]);

        _account.Judge(Key with { Minute = Minute + 1 }, Records(2)).Extra.ShouldBe(2);
        _account.Judge(Key with { Bucket = "b09", Minute = Minute + 9, Edge = "somebody" }, Records(2)).Kind.ShouldBe(CellKind.Unpublished);
    }

    [Fact]
    public void PublishedTo_IsTheEndOfTheNewestMinute()
    {
        _account.Add(Entry(First));
        _account.AddLive(Key.Edge, First, [Live(accepted: 1, delivered: 1) with { MinuteTs = MinuteTs.AddMinutes(5) }]);

        _account.PublishedTo.ShouldBe([(Key.Edge, MinuteTs.AddMinutes(1))]);
    }

    [Fact]
    public void Revisions_TheHighestCounts_InWhateverOrder()
    {
        _account.Add(Entry(First) with { Received = 5, Accepted = 5, Delivered = 5, Revision = 7, AcceptedSum = Records(5).Sum });
        _account.Add(Entry(First) with { State = LedgerState.Open, Accepted = 2, WaitingMemory = 2, Revision = 3 });

        _account.Judge(Key, Records(5)).IsEqual.ShouldBeTrue();
    }

    [Fact]
    public void Entry_ThatDoesNotAddUp_IsNamed()
    {
        _account.Add(Entry(First) with { Received = 5, Accepted = 5, Delivered = 4, AcceptedSum = Records(5).Sum });

        _account.Judge(Key, Records(5)).Unbalanced.ShouldBe(1);
    }

    private static LedgerEntry Entry(string run) => new()
    {
        MinuteTs = MinuteTs,
        EdgeId = Key.Edge,
        InstanceId = run,
        EventClass = LedgerClass.Click,
        PublisherBucket = Key.Bucket,
        Revision = 1,
        State = LedgerState.Closed,
        WrittenTs = MinuteTs.AddMinutes(3),
    };

    private static LedgerEntry Live(long accepted, long delivered) => Entry(First) with
    {
        State = LedgerState.Open,
        Revision = int.MaxValue,
        WrittenTs = MinuteTs.AddSeconds(30),
        Received = accepted,
        Accepted = accepted,
        Delivered = delivered,
        WaitingMemory = accepted - delivered,
    };

    private static LedgerEntry Cut(string run) =>
        Entry(run) with { EventClass = LedgerClass.Unknown, PublisherBucket = "", State = LedgerState.Cut };

    private static CellRecords Records(int count, int first = 0)
    {
        var records = new CellRecords();
        for (var i = 0; i < count; i++)
        {
            records.Add("k"u8, [(byte)(first + i), (byte)((first + i) >> 8)]);
        }

        return records;
    }
}
