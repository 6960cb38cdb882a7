namespace AdTracking.Events.Faults;

/// <summary>Why an event, or a whole request, was not accepted. <see cref="FaultCodes"/> says what each means outside.</summary>
public enum FaultCode : byte
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Not JSON (RFC 8259) to its end.</summary>
    MalformedJson,

    /// <summary>Nested deeper than the limit.</summary>
    TooDeep,

    /// <summary>Not UTF-8, or an escape of half a surrogate pair.</summary>
    BadUtf8,

    /// <summary>A % without two hexadecimal digits.</summary>
    BadPercentEncoding,

    /// <summary>An event_name that no class has.</summary>
    UnknownEvent,

    /// <summary>A mandatory field is absent.</summary>
    MissingField,

    /// <summary>A macro where the event needs a value.</summary>
    UnresolvedMacro,

    /// <summary>A field that the schema does not have, and ext is not open to it.</summary>
    UnknownField,

    /// <summary>A field that only the gateway sets.</summary>
    ReservedField,

    /// <summary>The same field twice.</summary>
    DuplicateField,

    /// <summary>Two fields of which only one may be given.</summary>
    ConflictingFields,

    /// <summary>A value of another type.</summary>
    WrongType,

    /// <summary>A number or time outside what is plausible.</summary>
    OutOfRange,

    /// <summary>Text or list longer than the schema allows.</summary>
    TooLong,

    /// <summary>Text with characters that the field does not admit.</summary>
    BadPattern,

    /// <summary>A name that the list does not have.</summary>
    BadEnum,

    /// <summary>Not a decimal number, or negative.</summary>
    BadMoney,

    /// <summary>Neither ISO 8601 with a zone nor Unix milliseconds.</summary>
    BadTimestamp,

    /// <summary>More entries in ext than the limit.</summary>
    TooManyExtEntries,

    /// <summary>One event larger than the limit.</summary>
    EventTooLarge,

    /// <summary>No event at all.</summary>
    EmptyBody,

    /// <summary>JSON, but neither an event nor a list of events.</summary>
    UnexpectedBody,

    /// <summary>More events in one body than the limit.</summary>
    TooManyEvents,

    /// <summary>A body larger than the limit.</summary>
    BodyTooLarge,

    /// <summary>A body that unpacks to more than the limit.</summary>
    DecompressedTooLarge,

    /// <summary>A request line longer than the limit.</summary>
    UriTooLong,

    /// <summary>Headers larger than the limit.</summary>
    HeadersTooLarge,

    /// <summary>A content type that this route does not accept.</summary>
    UnsupportedMediaType,

    /// <summary>A content encoding that is not understood.</summary>
    UnsupportedEncoding,

    /// <summary>A body that does not unpack as its content encoding says.</summary>
    BadEncoding,

    /// <summary>Not HTTP as it should be.</summary>
    BadRequest,

    /// <summary>No such route.</summary>
    NotFound,

    /// <summary>The route has no such method.</summary>
    MethodNotAllowed,

    /// <summary>The request did not arrive in time.</summary>
    RequestTimeout,

    /// <summary>No API key, or one that is not known.</summary>
    Unauthorized,

    /// <summary>The API key does not cover this publisher.</summary>
    Forbidden,

    /// <summary>A signature that does not hold.</summary>
    SignatureInvalid,

    /// <summary>More requests than agreed; later.</summary>
    RateLimited,

    /// <summary>A click without a target.</summary>
    ClickTargetMissing,

    /// <summary>A click target that is neither signed nor allow-listed, or no http address.</summary>
    ClickTargetRefused,

    /// <summary>No room between the gateway and Kafka; again later.</summary>
    QueueFull,

    /// <summary>Not stored within the time limit; again with the same event ids.</summary>
    Deadline,

    /// <summary>The gateway cannot store events yet.</summary>
    NotReady,

    /// <summary>The gateway is stopping; another one will accept it.</summary>
    Draining,

    /// <summary>Kafka rejected the record itself.</summary>
    KafkaRejected,

    /// <summary>A mistake of the gateway.</summary>
    Internal,
}
