using System.Collections.Immutable;
using AdTracking.Events.Faults;

namespace AdTracking.Events;

/// <summary>The one table of fault codes: what is answered, logged, counted and kept with a bad event.</summary>
public static class FaultCodes
{
    /// <summary>Every code, in the order of <see cref="FaultCode"/>.</summary>
    public static ImmutableArray<FaultCodeRow> All { get; } =
    [
        new(FaultCode.None, "none", 200, FailureCode.Generic, "no fault"),
        new(FaultCode.MalformedJson, "malformed_json", 400, FailureCode.RequestMalformed, "not JSON (RFC 8259) to its end"),
        new(FaultCode.TooDeep, "too_deep", 400, FailureCode.SizeViolation, "nested deeper than the limit"),
        new(FaultCode.BadUtf8, "bad_utf8", 400, FailureCode.EncodingError, "not UTF-8, or an escape of half a surrogate pair"),
        new(FaultCode.BadPercentEncoding, "bad_percent_encoding", 400, FailureCode.EncodingError, "a % without two hexadecimal digits"),
        new(FaultCode.UnknownEvent, "unknown_event", 400, FailureCode.UnknownEvent, "an event_name that no class has"),
        new(FaultCode.MissingField, "missing_field", 400, FailureCode.SchemaViolation, "a mandatory field is absent"),
        new(FaultCode.UnresolvedMacro, "unresolved_macro", 400, FailureCode.SchemaViolation, "a macro stands where the event cannot do without a value"),
        new(FaultCode.UnknownField, "unknown_field", 400, FailureCode.SchemaViolation, "a field that the schema does not have, and ext is not open to it"),
        new(FaultCode.ReservedField, "reserved_field", 400, FailureCode.SchemaViolation, "a field that only the gateway sets"),
        new(FaultCode.DuplicateField, "duplicate_field", 400, FailureCode.SchemaViolation, "the same field twice"),
        new(FaultCode.ConflictingFields, "conflicting_fields", 400, FailureCode.SchemaViolation, "two fields of which only one may be given"),
        new(FaultCode.WrongType, "wrong_type", 400, FailureCode.SchemaViolation, "a value of another type"),
        new(FaultCode.OutOfRange, "out_of_range", 400, FailureCode.SchemaViolation, "a number or time outside what is plausible"),
        new(FaultCode.TooLong, "too_long", 400, FailureCode.SchemaViolation, "text or list longer than the schema allows"),
        new(FaultCode.BadPattern, "bad_pattern", 400, FailureCode.SchemaViolation, "text with characters that the field does not admit"),
        new(FaultCode.BadEnum, "bad_enum", 400, FailureCode.SchemaViolation, "a name that the list does not have"),
        new(FaultCode.BadMoney, "bad_money", 400, FailureCode.DecodeError, "not a decimal number, or negative"),
        new(FaultCode.BadTimestamp, "bad_timestamp", 400, FailureCode.DecodeError, "neither ISO 8601 with a zone nor Unix milliseconds"),
        new(FaultCode.TooManyExtEntries, "too_many_ext_entries", 400, FailureCode.SizeViolation, "more entries in ext than the limit"),
        new(FaultCode.EventTooLarge, "event_too_large", 413, FailureCode.SizeViolation, "one event larger than the limit"),
        new(FaultCode.EmptyBody, "empty_body", 400, FailureCode.RequestMalformed, "no event at all"),
        new(FaultCode.UnexpectedBody, "unexpected_body", 400, FailureCode.RequestMalformed, "JSON, but neither an event nor a list of events"),
        new(FaultCode.TooManyEvents, "too_many_events", 413, FailureCode.SizeViolation, "more events in one body than the limit"),
        new(FaultCode.BodyTooLarge, "body_too_large", 413, FailureCode.SizeViolation, "a body larger than the limit"),
        new(FaultCode.DecompressedTooLarge, "decompressed_too_large", 413, FailureCode.SizeViolation, "a body that unpacks to more than the limit"),
        new(FaultCode.UriTooLong, "uri_too_long", 414, FailureCode.SizeViolation, "a request line longer than the limit"),
        new(FaultCode.HeadersTooLarge, "headers_too_large", 431, FailureCode.SizeViolation, "headers larger than the limit"),
        new(FaultCode.UnsupportedMediaType, "unsupported_media_type", 415, FailureCode.RequestMalformed, "a content type that this route does not take"),
        new(FaultCode.UnsupportedEncoding, "unsupported_encoding", 415, FailureCode.RequestMalformed, "a content encoding that is not understood"),
        new(FaultCode.BadEncoding, "bad_encoding", 400, FailureCode.EncodingError, "a body that does not unpack as its content encoding says"),
        new(FaultCode.BadRequest, "bad_request", 400, FailureCode.RequestMalformed, "not HTTP as it should be"),
        new(FaultCode.NotFound, "not_found", 404, FailureCode.RequestMalformed, "no such route"),
        new(FaultCode.MethodNotAllowed, "method_not_allowed", 405, FailureCode.RequestMalformed, "the route has no such method"),
        new(FaultCode.RequestTimeout, "request_timeout", 408, FailureCode.RequestMalformed, "the request did not arrive in time"),
        new(FaultCode.Unauthorized, "unauthorized", 401, FailureCode.Unauthorized, "no API key, or one that is not known"),
        new(FaultCode.Forbidden, "forbidden", 403, FailureCode.Unauthorized, "the API key does not cover this publisher"),
        new(FaultCode.SignatureInvalid, "signature_invalid", 403, FailureCode.SignatureInvalid, "a signature that does not hold"),
        new(FaultCode.RateLimited, "rate_limited", 429, FailureCode.Generic, "more requests than agreed; later"),
        new(FaultCode.ClickTargetMissing, "click_target_missing", 400, FailureCode.SchemaViolation, "a click without a target"),
        new(FaultCode.ClickTargetRefused, "click_target_refused", 400, FailureCode.SchemaViolation, "a click target not allowed, or no http address"),
        new(FaultCode.QueueFull, "queue_full", 503, FailureCode.Generic, "no room between the gateway and Kafka; again later"),
        new(FaultCode.Deadline, "deadline", 503, FailureCode.Generic, "not stored within the time limit; again with the same event ids"),
        new(FaultCode.NotReady, "not_ready", 503, FailureCode.Generic, "the gateway cannot store events yet"),
        new(FaultCode.Draining, "draining", 503, FailureCode.Generic, "the gateway is going down; another one will take it"),
        new(FaultCode.KafkaRejected, "kafka_rejected", 422, FailureCode.KafkaRejected, "Kafka refused the record itself"),
        new(FaultCode.Internal, "internal", 500, FailureCode.Generic, "a mistake of the gateway"),
    ];

    /// <summary>The code as text: in answers, logs and metric labels.</summary>
    /// <param name="code">Code.</param>
    public static string Tag(FaultCode code) => All[(int)code].Tag;

    /// <summary>HTTP status where the fault is the answer to a whole request.</summary>
    /// <param name="code">Code.</param>
    public static int Status(FaultCode code) => All[(int)code].Status;

    /// <summary>The coarse class that a bad event carries.</summary>
    /// <param name="code">Code.</param>
    public static FailureCode BadEventClass(FaultCode code) => All[(int)code].Class;

    /// <summary>What it means, in a few words without a full stop.</summary>
    /// <param name="code">Code.</param>
    public static string Meaning(FaultCode code) => All[(int)code].Meaning;
}
