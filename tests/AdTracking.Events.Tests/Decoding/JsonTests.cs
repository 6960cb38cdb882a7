using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;
using AdTracking.Events.Layout;

namespace AdTracking.Events.Tests.Decoding;

public sealed class JsonTests
{
    private const string Start = """{"event_name":"impression","ad_serving_id":"a-1","publisher_id":"p-1",""";

    [Theory]
    [InlineData("\"price_cpm\":1.25", "price_cpm_micros", "1250000")]
    [InlineData("\"price_cpm\":\"1.25\"", "price_cpm_micros", "1250000")]
    [InlineData("\"price_cpm_micros\":1250000", "price_cpm_micros", "1250000")]
    [InlineData("\"price_cpm_micros\":1.25e6", "price_cpm_micros", "1250000")]
    [InlineData("\"w\":3.0e2", "w", "300")]
    [InlineData("\"event_ts\":\"2016-01-17T8:15:07.127-05\"", "event_ts", "1453036507127")]
    [InlineData("\"test\":true", "test", "1")]
    [InlineData("\"viewability\":\"NOT_VIEWABLE\"", "viewability", "2")]
    [InlineData("\"cid\":\"\\u0061\\n\"", "cid", "a\n")]
    [InlineData("\"c\\u0069d\":\"x\"", "cid", "x")]
    [InlineData("\"cid\":null", "cid", null)]
    [InlineData("\"w\":\"[PLAYERSIZE]\"", "w", null)]
    [InlineData("\"w\":-1", "w", null)]
    public void DecodeJson_Value_IsRead(string member, string field, string? value)
    {
        var result = DecodedEvent.Json(Start + member + "}");

        (result.Code, result.Field).ShouldBe((FaultCode.None, null));
        result[field].ShouldBe(value);
    }

    /// <summary>Each code that one event alone can have.</summary>
    [Theory]
    [InlineData("\"cid\":\"\\ud800\"", FaultCode.BadUtf8, "cid")]
    [InlineData("\"w\":\"300\"", FaultCode.WrongType, "w")]
    [InlineData("\"w\":1.5", FaultCode.WrongType, "w")]
    [InlineData("\"w\":true", FaultCode.WrongType, "w")]
    [InlineData("\"w\":[]", FaultCode.WrongType, "w")]
    [InlineData("\"cid\":1", FaultCode.WrongType, "cid")]
    [InlineData("\"test\":1", FaultCode.WrongType, "test")]
    [InlineData("\"test\":\"true\"", FaultCode.WrongType, "test")]
    [InlineData("\"ext\":[]", FaultCode.WrongType, "ext")]
    [InlineData("\"ext\":{\"a\":{}}", FaultCode.WrongType, "ext")]
    [InlineData("\"gpp_sid\":[\"2\"]", FaultCode.WrongType, "gpp_sid")]
    [InlineData("\"w\":-3", FaultCode.OutOfRange, "w")]
    [InlineData("\"w\":1e300", FaultCode.OutOfRange, "w")]
    [InlineData("\"event_ts\":0", FaultCode.OutOfRange, "event_ts")]
    [InlineData("\"price_cpm\":1e9", FaultCode.OutOfRange, "price_cpm")]
    [InlineData("\"price_cpm\":-0.01", FaultCode.BadMoney, "price_cpm")]
    [InlineData("\"price_cpm\":\"free\"", FaultCode.BadMoney, "price_cpm")]
    [InlineData("\"event_ts\":\"soon\"", FaultCode.BadTimestamp, "event_ts")]
    [InlineData("\"currency\":\"EURO\"", FaultCode.TooLong, "currency")]
    [InlineData("\"currency\":\"eur\"", FaultCode.BadPattern, "currency")]
    [InlineData("\"event_id\":\"a b\"", FaultCode.BadPattern, "event_id")]
    [InlineData("\"cid\":\"\\u0000\"", FaultCode.BadPattern, "cid")]
    [InlineData("\"viewability\":\"visible\"", FaultCode.BadEnum, "viewability")]
    [InlineData("\"w\":1,\"w\":1", FaultCode.DuplicateField, "w")]
    [InlineData("\"w\":null,\"w\":1", FaultCode.DuplicateField, "w")]
    [InlineData("\"w\":1,\"\\u0077\":1", FaultCode.DuplicateField, "w")]
    [InlineData("\"zz\":1,\"zz\":1", FaultCode.DuplicateField, "zz")]
    [InlineData("\"price_cpm\":1,\"price_cpm_micros\":1", FaultCode.ConflictingFields, "price_cpm_micros")]
    [InlineData("\"price_cpm_micros\":1,\"price_cpm\":1", FaultCode.ConflictingFields, "price_cpm")]
    [InlineData("\"price_cpm_micros\":1.5", FaultCode.WrongType, "price_cpm_micros")]
    [InlineData("\"event_name\":\"click\"", FaultCode.DuplicateField, "event_name")]
    [InlineData("\"billable\":true", FaultCode.ReservedField, "billable")]
    [InlineData("\"id_source\":\"CLIENT\"", FaultCode.ReservedField, "id_source")]
    [InlineData("\"redirect_status\":\"REDIRECTED\"", FaultCode.None, null)] // of clicks; here unknown
    public void DecodeJson_Mistake_NamesTheField(string member, FaultCode code, string? field)
    {
        var result = DecodedEvent.Json(Start + member + "}");

        (result.Code, result.Field).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("{}", FaultCode.MissingField, "event_name")]
    [InlineData("{\"event_name\":null}", FaultCode.MissingField, "event_name")]
    [InlineData("{\"event_name\":1}", FaultCode.WrongType, "event_name")]
    [InlineData("{\"event_name\":\"bid\"}", FaultCode.UnknownEvent, "event_name")]
    [InlineData("{\"w\":1}", FaultCode.MissingField, "event_name")]
    [InlineData("{\"w\":1,\"event_name\":\"Click\"}", FaultCode.UnknownEvent, "event_name")]
    [InlineData("[]", FaultCode.WrongType, null)]
    [InlineData("\"impression\"", FaultCode.WrongType, null)]
    [InlineData("{", FaultCode.MalformedJson, null)]
    public void DecodeJson_NoEvent_SaysWhy(string json, FaultCode code, string? field)
    {
        var result = DecodedEvent.Json(json);

        (result.Code, result.Field).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("""{"w":300,"ad_serving_id":"a","publisher_id":"p","event_name":"impression"}""", EventKind.Impression, "w", "300")]
    [InlineData("""{"click_x":3,"\u0065vent_name":"cl\u0069ck"}""", EventKind.Click, "click_x", "3")]
    [InlineData("""{"played_ms":3,"event_name":"skipped"}""", EventKind.Engagement, "played_ms", "3")]
    public void DecodeJson_NameBehindFieldsOfItsClass_IsLookedFor(string json, EventKind kind, string field, string value)
    {
        var result = DecodedEvent.Json(json);

        (result.Code, result.Layout?.Kind, result[field]).ShouldBe((FaultCode.None, kind, value));
    }

    [Fact]
    public void DecodeJson_ExtLimits_HoldOnTheLimitAndOnePastIt()
    {
        static string Entries(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{i}"));

        DecodedEvent.Json(Start + $"\"ext\":{{{Entries(16)}}}}}").Ext.Count.ShouldBe(16);
        DecodedEvent.Json(Start + $"\"ext\":{{{Entries(17)}}}}}").Code.ShouldBe(FaultCode.TooManyExtEntries);
        DecodedEvent.Json(Start + $"\"ext\":{{{Entries(15)}}},\"other\":true}}").Ext["other"].ShouldBe("true");
        DecodedEvent.Json(Start + $"\"{new string('k', 64)}\":\"{new string('v', 256)}\"}}").Code.ShouldBe(FaultCode.None);
        DecodedEvent.Json(Start + $"\"{new string('k', 65)}\":1}}").Code.ShouldBe(FaultCode.TooLong);
        DecodedEvent.Json(Start + $"\"k\":\"{new string('v', 257)}\"}}").Code.ShouldBe(FaultCode.TooLong);
    }

    [Fact]
    public void DecodeJson_EventLimit_HoldsOnTheLimitAndOnePastIt()
    {
        var json = Start + "\"w\":1}";
        var options = new DecodeOptions { Layouts = EventSchemas.Layouts, EventBytesMax = json.Length };

        DecodedEvent.Json(json, options: options).Code.ShouldBe(FaultCode.None);
        DecodedEvent.Json(json.Replace("1}", "10}"), options: options).Code.ShouldBe(FaultCode.EventTooLarge);
    }

    [Fact]
    public void DecodeJson_AuditAndMacros_CountsAndWithholds()
    {
        var result = DecodedEvent.Json(Start + "\"cid\":\"AUDIT\",\"crid\":\"[CREATIVE]\",\"price_cpm\":\"${AUCTION_PRICE}\",\"os\":\"\"}", finish: true);

        (result.UnresolvedBilling, result.Unresolved).ShouldBe((3, 1));
        (result["billable"], result["not_billable_reason"]).ShouldBe((null, "audit"));
    }
}
