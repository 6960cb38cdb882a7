namespace AdTracking.Kafka.Producing;

/// <summary>What became of a record.</summary>
internal enum RecordOutcome
{
    /// <summary>It may be in Kafka, and may be not: only Kafka's log tells. It must not be sent again before that.</summary>
    InDoubt,

    /// <summary>Kafka has it.</summary>
    Delivered,

    /// <summary>Kafka does not have it and refuses this record for good.</summary>
    Refused,

    /// <summary>Kafka does not have it, for a reason outside of it: it can be handed over again.</summary>
    Returned,
}
