namespace AdTracking.Events;

/// <summary>The coarse reason that a bad event carries (<c>failure_code</c>), in the order of the schema's symbols.</summary>
public enum FailureCode
{
    /// <summary>Too large, too many, too deep.</summary>
    SizeViolation,

    /// <summary>Not the format that it claims to be.</summary>
    RequestMalformed,

    /// <summary>No such event name.</summary>
    UnknownEvent,

    /// <summary>The schema does not allow it.</summary>
    SchemaViolation,

    /// <summary>A signature that does not hold.</summary>
    SignatureInvalid,

    /// <summary>The caller may not.</summary>
    Unauthorized,

    /// <summary>A value that cannot be read.</summary>
    DecodeError,

    /// <summary>Bytes that are not UTF-8, or a content encoding that does not hold.</summary>
    EncodingError,

    /// <summary>Kafka refused the record itself.</summary>
    KafkaRejected,

    /// <summary>Anything else.</summary>
    Generic,
}
