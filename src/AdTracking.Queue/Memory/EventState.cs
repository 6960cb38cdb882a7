namespace AdTracking.Queue.Memory;

/// <summary>Where an event of a block is on its way.</summary>
internal enum EventState : byte
{
    /// <summary>Appended; the shipper has not seen it.</summary>
    Published = 0,

    /// <summary>In its partition's list, waiting for the hand-over.</summary>
    Listed = 1,

    /// <summary>Handed to the producer; its bytes must not change until the report.</summary>
    InFlight = 2,

    /// <summary>Reported as not persisted: on its way back to its partition's list.</summary>
    Returned = 3,

    /// <summary>It has its outcome, or has left memory for the journal.</summary>
    Done = 4,

    /// <summary>The producer died with it on its way; it goes to the journal, and is looked for in Kafka's log.</summary>
    InDoubt = 5,

    /// <summary>Refused by Kafka for good; its BadEvent is on its way.</summary>
    Refused = 6,
}
