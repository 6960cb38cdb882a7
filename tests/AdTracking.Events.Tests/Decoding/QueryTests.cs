using System.Text;
using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests.Decoding;

public sealed class QueryTests
{
    private const string Ids = "asid=a-1&pub=p-1";

    [Fact]
    public void DecodeQuery_ShortAndFullNames_AreTheSameFields()
    {
        var query = DecodedEvent.Query(
            "?eid=e-1&asid=a-1&publisher_id=p-1&p=1.25&currency=USD&w=300&mu=1&rewarded=false&gpp_sid=2,6&vw=VIEWABLE&ts=1735689600123");

        (query.Code, query.Field).ShouldBe((FaultCode.None, null));
        query["event_name"].ShouldBe("impression");
        query["event_id"].ShouldBe("e-1");
        query["publisher_id"].ShouldBe("p-1");
        query["price_cpm_micros"].ShouldBe("1250000");
        query["currency"].ShouldBe("USD");
        query["w"].ShouldBe("300");
        query["muted"].ShouldBe("1");
        query["rewarded"].ShouldBe("0");
        query["gpp_sid"].ShouldBe("04040C00");
        query["viewability"].ShouldBe("1");
        query["event_ts"].ShouldBe("1735689600123");
    }

    [Theory]
    [InlineData("asid=a%2D1&pub=p", "a-1")]
    [InlineData("asid=%61%2d%31&pub=p", "a-1")]
    [InlineData("%61sid=a-1&pub=p", "a-1")]
    [InlineData("asid=a-1& pub=p", "a-1")] // OpenRTB's billing notice
    [InlineData("pub=p&%20asid=a-1", "a-1")]
    [InlineData("pub=p&+asid=a-1", "a-1")]
    [InlineData("&&pub=p&&asid=a-1&&", "a-1")]
    [InlineData("pub=p&asid=a=1", "a=1")]
    [InlineData("pub=p&asid=a?1", "a?1")]
    public void DecodeQuery_Spellings_AreUnderstood(string query, string asid)
    {
        var result = DecodedEvent.Query(query);

        (result.Code, result.Field).ShouldBe((FaultCode.None, null));
        result["ad_serving_id"].ShouldBe(asid);
        result["publisher_id"].ShouldBe("p");
        result.Ext.ShouldBeEmpty();
    }

    [Fact]
    public void DecodeQuery_Text_IsPercentDecodedUtf8()
    {
        var result = DecodedEvent.Query(Ids + "&pu=https%3A%2F%2Fexample.com%2F%3Fq%3D%C3%A9%F0%9F%98%80+x&os=Linux+6&site=a%2Bb");

        result["page_url"].ShouldBe("https://example.com/?q=é😀 x");
        result["os"].ShouldBe("Linux 6");
        result["site_id"].ShouldBe("a+b");
    }

    [Theory]
    [InlineData("cid=%", FaultCode.BadPercentEncoding, "cid")]
    [InlineData("cid=%4", FaultCode.BadPercentEncoding, "cid")]
    [InlineData("cid=%4g", FaultCode.BadPercentEncoding, "cid")]
    [InlineData("cid=a%zzb", FaultCode.BadPercentEncoding, "cid")]
    [InlineData("cid=%FF", FaultCode.BadUtf8, "cid")]
    [InlineData("cid=%ED%A0%80", FaultCode.BadUtf8, "cid")]
    [InlineData("cid=%C3", FaultCode.BadUtf8, "cid")]
    [InlineData("cid=%00", FaultCode.BadPattern, "cid")]
    [InlineData("x.a=%FF", FaultCode.BadUtf8, "x.a")]
    [InlineData("%zz=1", FaultCode.BadPercentEncoding, "%zz")]
    [InlineData("w=1.5", FaultCode.WrongType, "w")]
    [InlineData("w=abc", FaultCode.WrongType, "w")]
    [InlineData("w=0300", FaultCode.WrongType, "w")]
    [InlineData("w=100001", FaultCode.OutOfRange, "w")]
    [InlineData("w=99999999999999999999", FaultCode.OutOfRange, "w")]
    [InlineData("mu=yes", FaultCode.WrongType, "muted")]
    [InlineData("vw=visible", FaultCode.BadEnum, "viewability")]
    [InlineData("p=-0.5", FaultCode.BadMoney, "price_cpm")]
    [InlineData("p=1,25", FaultCode.BadMoney, "price_cpm")]
    [InlineData("p=1&price_cpm_micros=1000000", FaultCode.ConflictingFields, "price_cpm_micros")]
    [InlineData("p=1&price_cpm=1", FaultCode.DuplicateField, "price_cpm")]
    [InlineData("ts=yesterday", FaultCode.BadTimestamp, "event_ts")]
    [InlineData("ts=1735689600", FaultCode.OutOfRange, "event_ts")]
    [InlineData("cur=usd", FaultCode.BadPattern, "currency")]
    [InlineData("asid=b", FaultCode.DuplicateField, "ad_serving_id")]
    [InlineData("gdpr=1&gdrp=1", FaultCode.DuplicateField, "gdpr")]
    [InlineData("billable=true", FaultCode.ReservedField, "billable")]
    [InlineData("ip=1.2.3.4", FaultCode.ReservedField, "ip")]
    [InlineData("received_ts=1", FaultCode.ReservedField, "received_ts")]
    [InlineData("gpp_sid=2,,6", FaultCode.WrongType, "gpp_sid")]
    [InlineData("gpp_sid=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", FaultCode.TooLong, "gpp_sid")]
    [InlineData("n=click", FaultCode.ConflictingFields, "event_name")]
    [InlineData("n=nothing", FaultCode.UnknownEvent, "event_name")]
    [InlineData("n=", FaultCode.UnknownEvent, "event_name")]
    [InlineData("ext=1", FaultCode.WrongType, "ext")]
    public void DecodeQuery_Mistake_NamesTheField(string query, FaultCode code, string field)
    {
        var result = DecodedEvent.Query(Ids + "&" + query);

        (result.Code, result.Field).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("gdrp=1", "gdpr", "1")]
    [InlineData("ts=2016-01-17T8%3A15%3A07.127-05", "event_ts", "1453036507127")]
    [InlineData("ts=2016-01-17T08:15:07.127+05:30", "event_ts", "1452998707127")]
    [InlineData("p=1250000e-6", "price_cpm_micros", "1250000")]
    public void DecodeQuery_Traps_AreUnderstood(string query, string field, string value) => DecodedEvent.Query(Ids + "&" + query)[field].ShouldBe(value);

    [Fact]
    public void DecodeQuery_PercentMacroAsItStands_IsUnresolved()
    {
        var result = DecodedEvent.Query("asid=%%ADSERVINGID%%&pub=p-1&os=%%OS%%&w=%%W%%&p=%%PRICE%%&cb=%%CACHEBUSTER%%", finish: true);

        (result.Code, result.Field).ShouldBe((FaultCode.None, null));
        (result.Unresolved, result.UnresolvedBilling).ShouldBe((2, 2));
        (result["os"], result["not_billable_reason"], result.PartitionKey).ShouldBe((null, "unresolved_macro", result["event_id"]!));
        result.Ext.ShouldContainKeyAndValue("cb", "%%CACHEBUSTER%%");
    }

    [Fact]
    public void DecodeQuery_UnknownNames_GoToExt()
    {
        var result = DecodedEvent.Query(Ids + "&cb=123&x.slot=top&x.a%20b=c+d&f=204&sig=abc&kid=k&exp=1&key=s&detail=1");

        result.Ext.ShouldBe(new Dictionary<string, string> { ["cb"] = "123", ["slot"] = "top", ["a b"] = "c d" }, ignoreOrder: true);
    }

    [Fact]
    public void DecodeQuery_UnknownNamesRejected_KeepsOnlyTheXOnes()
    {
        var options = new DecodeOptions { Layouts = EventSchemas.Layouts, UnknownFields = UnknownFieldPolicy.Reject };

        DecodedEvent.Query(Ids + "&x.slot=top", options: options).Ext.ShouldContainKey("slot");
        var refused = DecodedEvent.Query(Ids + "&cb=1", options: options);
        (refused.Code, refused.Field).ShouldBe((FaultCode.UnknownField, "cb"));
    }

    [Theory]
    [InlineData("n=midPoint&" + Ids, "midpoint")]
    [InlineData(Ids + "&n=%6didpoint", "midpoint")]
    [InlineData("played_ms=5&" + Ids + "&n=pause&seq=1", "pause")]
    public void DecodeQuery_NoClassImplied_ComesFromTheName(string query, string name)
    {
        var result = DecodedEvent.Query(query, implied: null);

        (result.Code, result.Field).ShouldBe((FaultCode.None, null));
        (result["event_name"], result.Layout!.Kind).ShouldBe((name, EventKind.Engagement));
    }

    [Fact]
    public void DecodeQuery_NoNameAtAll_IsMissing() => DecodedEvent.Query(Ids, implied: null).Code.ShouldBe(FaultCode.MissingField);

    [Fact]
    public void DecodeQuery_HalfASurrogatePair_IsBadUtf8() => DecodedEvent.Query(Ids + "&cid=\ud800").Code.ShouldBe(FaultCode.BadUtf8);

    [Fact]
    public void DecodeQuery_OverTheLimit_IsTooLarge()
    {
        var fits = Ids + "&x.a=" + new string('a', 200);
        var options = new DecodeOptions { Layouts = EventSchemas.Layouts, EventBytesMax = fits.Length };

        DecodedEvent.Query(fits, options: options).Code.ShouldBe(FaultCode.None);
        DecodedEvent.Query(fits + "a", options: options).Code.ShouldBe(FaultCode.EventTooLarge);
    }

    [Fact]
    public void DecodeForm_SameText_IsTheSameEvent()
    {
        const string Text = Ids + "&p=0.5&cid=a%20b&x.k=v&w=1";

        DecodedEvent.Form(Text).Avro.ShouldBe(DecodedEvent.Query(Text).Avro);
    }

    [Fact]
    public void DecodeForm_BytesThatAreNotUtf8_IsAFault()
    {
        var view = new EventView([.. Encoding.ASCII.GetBytes(Ids + "&cid="), 0xFF], new byte[EventView.ScratchBytes]);

        EventDecoder.DecodeForm(ref view, DecodedEvent.Options, "impression"u8, out var fault).ShouldBeFalse();

        (fault.Code, fault.FieldName(ref view)).ShouldBe((FaultCode.BadUtf8, "cid"));
    }

    [Fact]
    public void DecodeQuery_MutatedAndTruncated_NeverThrows() => EventFuzz.ForSeeds(3000, random =>
    {
        const string Good = "eid=e-1&asid=a-1&pub=p-1&p=1.25&cur=USD&pu=https%3A%2F%2Fe.com&gpp_sid=2,6&x.a=b&ts=2016-01-17T8%3A15%3A07.127-05";
        var text = EventFuzz.Mutate(Encoding.ASCII.GetBytes(Good), random);
        var query = Encoding.Latin1.GetString(text)[..random.Next(text.Length)];
        var result = DecodedEvent.Query(query);
        if (result.Code != FaultCode.None)
        {
            FaultCodes.Tag(result.Code).ShouldNotBeEmpty();
        }
    });

    [Fact]
    public void DecodeQuery_EncodedOrPlain_IsTheSameEvent() => EventFuzz.ForSeeds(1000, random =>
    {
        // The same parameters plainly (fast lane) and with every byte percent-encoded (careful lane).
        string[] parameters =
        [
            "asid=a-1", "pub=p_1", "w=" + random.Next(-3, 200_000), "cid=" + random.Next(), "crid=AUDIT", "p=" + random.Next(-2, 9),
            "x.q=z", "cur=USD", "dt=[X]", "vw=VIEWABLE", "mu=1",
        ];
        var chosen = parameters.OrderBy(_ => random.Next()).Take(random.Next(1, parameters.Length + 1)).ToArray();
        var plain = DecodedEvent.Query(string.Join('&', chosen));
        var encoded = DecodedEvent.Query(string.Join('&', chosen.Select(Encoded)));
        (encoded.Code, encoded.Field).ShouldBe((plain.Code, plain.Field));
        encoded.Avro.ShouldBe(plain.Avro);
        (encoded.Unresolved, encoded.UnresolvedBilling).ShouldBe((plain.Unresolved, plain.UnresolvedBilling));
    });

    private static string Encoded(string parameter) =>
        string.Join('=', parameter.Split('=', 2).Select(part => string.Concat(Encoding.UTF8.GetBytes(part).Select(value => $"%{value:X2}"))));
}
