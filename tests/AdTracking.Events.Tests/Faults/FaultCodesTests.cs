using AdTracking.Events.Decoding;
using AdTracking.Events.Faults;

namespace AdTracking.Events.Tests.Faults;

public sealed class FaultCodesTests
{
    /// <summary>The table is a contract with callers, dashboards and readers of bad events: a change here is a change for them.</summary>
    private const string Pinned = """
        none 200 Generic
        malformed_json 400 RequestMalformed
        too_deep 400 SizeViolation
        bad_utf8 400 EncodingError
        bad_percent_encoding 400 EncodingError
        unknown_event 400 UnknownEvent
        missing_field 400 SchemaViolation
        unresolved_macro 400 SchemaViolation
        unknown_field 400 SchemaViolation
        reserved_field 400 SchemaViolation
        duplicate_field 400 SchemaViolation
        conflicting_fields 400 SchemaViolation
        wrong_type 400 SchemaViolation
        out_of_range 400 SchemaViolation
        too_long 400 SchemaViolation
        bad_pattern 400 SchemaViolation
        bad_enum 400 SchemaViolation
        bad_money 400 DecodeError
        bad_timestamp 400 DecodeError
        too_many_ext_entries 400 SizeViolation
        event_too_large 413 SizeViolation
        empty_body 400 RequestMalformed
        unexpected_body 400 RequestMalformed
        too_many_events 413 SizeViolation
        body_too_large 413 SizeViolation
        decompressed_too_large 413 SizeViolation
        uri_too_long 414 SizeViolation
        headers_too_large 431 SizeViolation
        unsupported_media_type 415 RequestMalformed
        unsupported_encoding 415 RequestMalformed
        bad_encoding 400 EncodingError
        bad_request 400 RequestMalformed
        not_found 404 RequestMalformed
        method_not_allowed 405 RequestMalformed
        request_timeout 408 RequestMalformed
        unauthorized 401 Unauthorized
        forbidden 403 Unauthorized
        signature_invalid 403 SignatureInvalid
        rate_limited 429 Generic
        click_target_missing 400 SchemaViolation
        click_target_refused 400 SchemaViolation
        queue_full 503 Generic
        deadline 503 Generic
        not_ready 503 Generic
        draining 503 Generic
        kafka_rejected 422 KafkaRejected
        internal 500 Generic
        """;

    [Fact]
    public void All_Table_IsPinned() =>
        string.Join('\n', FaultCodes.All.Select(row => $"{row.Tag} {row.Status} {row.Class}")).ShouldBe(Pinned.ReplaceLineEndings("\n"));

    [Fact]
    public void All_EveryCode_HasItsRowInPlace()
    {
        Enum.GetValues<FaultCode>().ShouldBe(FaultCodes.All.Select(row => row.Code));
        FaultCodes.All.Select(row => row.Tag).Distinct().Count().ShouldBe(FaultCodes.All.Length);
        foreach (var row in FaultCodes.All)
        {
            (FaultCodes.Tag(row.Code), FaultCodes.Status(row.Code), FaultCodes.BadEventClass(row.Code), FaultCodes.Meaning(row.Code))
                .ShouldBe((row.Tag, row.Status, row.Class, row.Meaning));
            row.Meaning.ShouldNotEndWith(".");
        }
    }

    [Fact]
    public void FieldName_LongUnknownName_IsCut()
    {
        var options = new DecodeOptions { Layouts = EventSchemas.Layouts, UnknownFields = UnknownFieldPolicy.Reject };

        var refused = Decoding.DecodedEvent.Query("asid=a&" + new string('n', 500) + "=1", options: options);

        refused.Field.ShouldBe(new string('n', 64) + "...");
    }
}
