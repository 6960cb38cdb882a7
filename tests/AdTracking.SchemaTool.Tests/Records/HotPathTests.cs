using System.Text;
using AdTracking.Avro.Records;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;

namespace AdTracking.SchemaTool.Tests;

/// <summary>The classes for people and the hot path say the same: one set of rules, one set of bytes.</summary>
public sealed class HotPathTests
{
    private readonly byte[] _scratch = new byte[EventView.ScratchBytes];
    private readonly byte[] _room = new byte[128 * 1024];

    [Fact]
    public void TryFill_AnyRecord_EncodesToTheSameBytes()
    {
        SameBytes(Samples.SmallImpression);
        SameBytes(Valid(Samples.SmallImpression));
        SameBytes(Samples.SmallClick);
        SameBytes(Samples.SmallEngagement);
        SameBytes(Samples.SmallImpression with { Cid = "c", GppSid = [1, 300], Ext = [new("a", "ä")], Muted = false, W = 0, PriceCpmMicros = 0 });
    }

    [Fact]
    public void TryFill_Warm_AllocatesNothing()
    {
        var record = Valid(Samples.SmallImpression);
        for (var i = 0; i < 50; i++)
        {
            Fill(record);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            Fill(record);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Validate_SmallRecords_FindsNothing()
    {
        Samples.SmallImpression.Validate().ShouldBeEmpty();
        Samples.SmallClick.Validate().ShouldBeEmpty();
        Samples.SmallEngagement.Validate().ShouldBeEmpty();
    }

    [Fact]
    public void Validate_ManyFaults_TellsEachWithItsField()
    {
        var faults = (Samples.SmallImpression with
        {
            PublisherId = "",
            Cid = new string('x', 129),
            Currency = "euro",
            PctInView = 101,
            W = -1,
            Crid = "\ud800",
            Viewability = (Viewability)99,
            EventTs = new DateTimeOffset(2101, 1, 1, 0, 0, 0, TimeSpan.Zero),
            GppSid = [-1],
            Ext = [new(new string('k', 65), "v")],
        }).Validate();

        faults.OrderBy(fault => fault.Field).Select(fault => (fault.Code, (int)fault.Field)).ShouldBe(
        [
            (FaultCode.MissingField, AdImpressionField.PublisherId),
            (FaultCode.OutOfRange, AdImpressionField.EventTs),
            (FaultCode.TooLong, AdImpressionField.Currency),
            (FaultCode.TooLong, AdImpressionField.Cid),
            (FaultCode.BadUtf8, AdImpressionField.Crid),
            (FaultCode.OutOfRange, AdImpressionField.GppSid),
            (FaultCode.TooLong, AdImpressionField.Ext),
            (FaultCode.BadEnum, AdImpressionField.Viewability),
            (FaultCode.OutOfRange, AdImpressionField.PctInView),
            (FaultCode.OutOfRange, AdImpressionField.W),
        ]);
    }

    [Theory]
    [InlineData("nonsense", FaultCode.UnknownEvent)]
    [InlineData("click", FaultCode.ConflictingFields)]
    [InlineData("pause", FaultCode.MissingField)]
    public void Validate_EventNameThatDoesNotFit_IsTold(string name, FaultCode code) =>
        (Samples.SmallEngagement with { EventName = name }).Validate().ShouldContain(fault => fault.Code == code);

    [Fact]
    public void TryFill_OlderSpelling_BecomesTheName()
    {
        var view = new EventView(default, _scratch);

        EventRecord.TryFill(Samples.SmallEngagement with { EventName = "skipped" }, ref view, out _).ShouldBeTrue();

        view.GetString(AdEngagementField.EventName).ShouldBe("skip");
    }

    [Fact]
    public void TryFill_UnresolvedMacro_IsLeftOutAndNotBilled()
    {
        var view = new EventView(default, _scratch);

        var record = Samples.SmallImpression with { Cid = "${CAMPAIGN}", AdServingId = "[ADSERVINGID]" };
        EventRecord.TryFill(record, ref view, out var fault).ShouldBeTrue(fault.ToString());

        view.Has(AdImpressionField.Cid).ShouldBeFalse();
        view.Has(AdImpressionField.AdServingId).ShouldBeFalse();
        view.UnresolvedBillingCount.ShouldBe(2);
    }

    [Fact]
    public void View_FilledImpression_ReadsEveryKindOfField()
    {
        var record = Valid(Samples.SmallImpression) with { Billable = true, Muted = false, Cid = null };
        var view = new EventView(default, _scratch);
        EventRecord.TryFill(record, ref view, out _).ShouldBeTrue();

        var typed = new AdImpressionView(in view);

        Encoding.UTF8.GetString(typed.AdServingId).ShouldBe(record.AdServingId);
        Encoding.UTF8.GetString(typed.Crid).ShouldBe(record.Crid);
        typed.Cid.IsEmpty.ShouldBeTrue();
        typed.EventTs.ShouldBe(record.EventTs);
        typed.ReceivedTs.ShouldBe(record.ReceivedTs);
        typed.PriceCpmMicros.ShouldBe(record.PriceCpmMicros);
        typed.TrackingMethod.ShouldBe(record.TrackingMethod);
        typed.W.ShouldBe(record.W);
        typed.Muted.ShouldBe(false);
        typed.Billable.ShouldBeTrue();
        typed.BillingSource.ShouldBe(record.BillingSource);
        typed.IvtFlags.ShouldBe(record.IvtFlags);
    }

    [Fact]
    public void View_NothingSet_ReadsDefaults()
    {
        var view = new EventView(default, _scratch);
        EventRecord.TryFill(Samples.SmallImpression, ref view, out _).ShouldBeTrue();

        var typed = new AdImpressionView(in view);

        typed.IdSource.ShouldBe(IdSource.Unknown);
        typed.ImpressionType.ShouldBe(ImpressionType.Unspecified);
        typed.PriceCpmMicros.ShouldBeNull();
        typed.Lmt.ShouldBeNull();
        typed.EventTs.ShouldBeNull();
        typed.Currency.IsEmpty.ShouldBeTrue();
    }

    // Filled with what also the patterns allow.
    private static AdImpression Valid(AdImpression record) =>
        Samples.Filled(record) with { EventId = "id-1", GppSid = [7, 8] };

    private void Fill(AdImpression record)
    {
        var view = new EventView(default, _scratch);
        if (!EventRecord.TryFill(record, ref view, out var fault))
        {
            throw new InvalidOperationException(fault.ToString());
        }
    }

    private void SameBytes<T>(T record)
        where T : IEventRecord<T>
    {
        var view = new EventView(default, _scratch);
        EventRecord.TryFill(record, ref view, out var fault).ShouldBeTrue(fault.ToString());
        view.TryEncode(_room, out var written).ShouldBeTrue();
        var hot = _room.AsSpan(0, written).ToArray();

        AvroRecord.TryEncode(record, _room, out written).ShouldBeTrue();

        hot.ShouldBe(_room.AsSpan(0, written).ToArray());
    }
}
