namespace AdTracking.Kafka.Producing;

/// <summary>What an answer to a batch means for it.</summary>
internal enum ErrorKind
{
    /// <summary>Nobody knows what became of it: it is sent again with the same identity.</summary>
    Retry,

    /// <summary>It was not stored, but may be later: it is sent again with the same identity.</summary>
    RetryNotStored,

    /// <summary>It is stored.</summary>
    Delivered,

    /// <summary>Kafka refuses one or more of its records.</summary>
    RefusesRecords,

    /// <summary>Kafka refuses it for a reason outside of the records: back to the caller.</summary>
    RefusesBatch,

    /// <summary>The broker expected another sequence number.</summary>
    OutOfOrder,

    /// <summary>The broker does not accept this producer any more.</summary>
    Fatal,
}
