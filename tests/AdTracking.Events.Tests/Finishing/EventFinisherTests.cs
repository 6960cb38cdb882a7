using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Finishing;
using AdTracking.Events.Scanning;
using AdTracking.Events.Tests.Decoding;

namespace AdTracking.Events.Tests.Finishing;

public sealed class EventFinisherTests
{
    [Fact]
    public void Finish_MinimalImpression_GetsWhatTheGatewayKnows()
    {
        var result = DecodedEvent.Query("asid=a-1&pub=p-1", finish: true);

        result.Code.ShouldBe(FaultCode.None);
        result["received_ts"].ShouldBe("1735689600123");
        result["edge_id"].ShouldBe("edge-1");
        result["schema_rev"].ShouldBe("1");
        result["tracking_method"].ShouldBe("503");
        result["ip"].ShouldBe("203.0.113.0");
        result["ip_source"].ShouldBe("0");
        result["user_agent"].ShouldBe("Mozilla/5.0");
        result["billable"].ShouldBe("1");
        result["not_billable_reason"].ShouldBeNull();
        result.PartitionKey.ShouldBe("a-1");
    }

    [Fact]
    public void Finish_SenderSaysMore_GoesFirst()
    {
        var result = DecodedEvent.Query("asid=a-1&pub=p-1&tm=1&user_agent=mine&eid=e-1", finish: true);

        (result["tracking_method"], result["user_agent"], result["event_id"], result["id_source"]).ShouldBe(("1", "mine", "e-1", "0"));
    }

    [Theory]
    [InlineData("asid=a-1", FaultCode.MissingField, "publisher_id")]
    [InlineData("pub=p-1", FaultCode.MissingField, "ad_serving_id")]
    [InlineData("asid=a-1&pub=[PUB]", FaultCode.UnresolvedMacro, "publisher_id")]
    [InlineData("asid=a-1&pub=", FaultCode.UnresolvedMacro, "publisher_id")]
    [InlineData("asid=a-1&pub=AUDIT", FaultCode.UnresolvedMacro, "publisher_id")]
    public void Finish_Mandatory_IsMissed(string query, FaultCode code, string field)
    {
        var result = DecodedEvent.Query(query, finish: true);

        (result.Code, result.Field).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("pause", true)]
    [InlineData("progress", true)]
    [InlineData("bufferStart", true)]
    [InlineData("start", false)]
    [InlineData("midPoint", false)]
    public void Finish_RepeatableName_NeedsSeq(string name, bool needed)
    {
        var query = $"n={name}&asid=a-1&pub=p-1";

        DecodedEvent.Query(query, null, finish: true).Code.ShouldBe(needed ? FaultCode.MissingField : FaultCode.None);
        DecodedEvent.Query(query + "&seq=0", null, finish: true).Code.ShouldBe(FaultCode.None);
    }

    [Theory]
    [InlineData("firstQuartile", EngagementGroup.Linear)]
    [InlineData("skipped", EngagementGroup.PlayerOperation)]
    [InlineData("viewable", EngagementGroup.Viewability)]
    [InlineData("custom", EngagementGroup.Custom)]
    public void Finish_Engagement_HasItsGroup(string name, EngagementGroup group) =>
        DecodedEvent.Query($"n={name}&asid=a-1&pub=p-1", null, finish: true)["engagement_group"].ShouldBe(((int)group).ToString());

    [Theory]
    [InlineData("[ADSERVINGID]")]
    [InlineData("%5BADSERVINGID%5D")]
    [InlineData("${ADSERVINGID}")]
    [InlineData("")]
    [InlineData("AUDIT")]
    public void Finish_UnresolvedAdServingId_GeneratesAnIdAndIsNotBilled(string asid)
    {
        var result = DecodedEvent.Query($"asid={asid}&pub=p-1", finish: true);

        result.Code.ShouldBe(FaultCode.None);
        var id = Guid.ParseExact(result["event_id"]!, "D");
        (id.Version, DateTimeOffsetOf(id)).ShouldBe((7, 1_735_689_600_123));
        result["id_source"].ShouldBe(((int)IdSource.Generated).ToString());
        (result["ad_serving_id"], result.PartitionKey).ShouldBe((result["event_id"], result["event_id"]));
        (result["billable"], result["not_billable_reason"]).ShouldBe((null, asid == "AUDIT" ? "audit" : "unresolved_macro"));
    }

    [Fact]
    public void Finish_UnresolvedAdServingIdWithAnIdOfTheSender_StaysTheSameOnRepetition()
    {
        var result = DecodedEvent.Query("asid=[ADSERVINGID]&pub=p-1&eid=e-1", finish: true);

        (result["event_id"], result["ad_serving_id"], result.PartitionKey, result["id_source"]).ShouldBe(("e-1", "e-1", "e-1", "0"));
    }

    [Fact]
    public void Finish_UnresolvedEventId_IsDerivedInstead() =>
        DecodedEvent.Query("asid=a-1&pub=p-1&eid=[ID]", finish: true)["id_source"].ShouldBe(((int)IdSource.Derived).ToString());

    [Theory]
    [InlineData("p=[AUCTION_PRICE]", "unresolved_macro")]
    [InlineData("cur=$%7BCUR%7D", "unresolved_macro")]
    [InlineData("p=-1", "unresolved_macro")]
    [InlineData("test=1", "test")]
    [InlineData("test=1&cid=[X]", "unresolved_macro")]
    [InlineData("test=0", null)]
    [InlineData("os=[X]", null)]
    public void Finish_Billing_FollowsFromWhatIsUnresolved(string query, string? reason)
    {
        var result = DecodedEvent.Query("asid=a-1&pub=p-1&" + query, finish: true);

        (result.Code, result["billable"], result["not_billable_reason"]).ShouldBe((FaultCode.None, reason is null ? "1" : null, reason));
    }

    [Fact]
    public void Finish_LongHeader_IsCutBetweenCharacters()
    {
        var view = new EventView(default, new byte[EventView.ScratchBytes]);
        EventDecoder.DecodeQuery("asid=a&pub=p", ref view, DecodedEvent.Options, "impression"u8, out _).ShouldBeTrue();
        var agent = System.Text.Encoding.UTF8.GetBytes(new string('a', 1023) + "é");

        EventFinisher.Finish(ref view, new EdgeContext { ReceivedTsMs = 1, EdgeId = "e"u8, UserAgent = agent }, out _).ShouldBeTrue();

        view.GetString(CommonField.UserAgent).ShouldBe(new string('a', 1023));
    }

    [Fact]
    public void Withhold_BeforeFinish_IsTheReason()
    {
        var view = new EventView(default, new byte[EventView.ScratchBytes]);
        EventDecoder.DecodeQuery("asid=a&pub=p", ref view, DecodedEvent.Options, "impression"u8, out _).ShouldBeTrue();
        view.Withhold(NotBillable.Expired);
        view.Withhold(NotBillable.Signature);

        EventFinisher.Finish(ref view, DecodedEvent.Edge(), out _).ShouldBeTrue();

        (view.GetLong(CommonField.Billable), view.GetString(CommonField.NotBillableReason)).ShouldBe((0, "expired"));
    }

    [Fact]
    public void Finish_NothingDecoded_IsAMistakeOfTheCaller() =>
        Should.Throw<InvalidOperationException>(() =>
        {
            var view = new EventView(default, default);
            EventFinisher.Finish(ref view, DecodedEvent.Edge(), out _);
        });

    [Fact]
    public void Finish_ScratchTooSmall_IsAFaultNotACrash()
    {
        for (var size = 0; size < 600; size += 7)
        {
            var view = new EventView("""{"event_name":"impression","ad_serving_id":"a","publisher_id":"p"}"""u8, new byte[size]);
            var scanner = new JsonScanner(view.Source, 8);
            EventDecoder.DecodeJson(ref scanner, ref view, DecodedEvent.Options, out var fault).ShouldBeTrue();
            if (!EventFinisher.Finish(ref view, DecodedEvent.Edge(), out fault))
            {
                fault.Code.ShouldBe(FaultCode.EventTooLarge);
            }
            else
            {
                size.ShouldBeGreaterThan(50);
            }
        }
    }

    private static long DateTimeOffsetOf(Guid version7)
    {
        var bytes = version7.ToByteArray(bigEndian: true);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16) & 0xFFFF_FFFF_FFFF;
    }
}
