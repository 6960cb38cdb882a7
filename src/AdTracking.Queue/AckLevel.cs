namespace AdTracking.Queue;

/// <summary>What must have happened to an event before its caller is told that it is stored.</summary>
public enum AckLevel
{
    /// <summary>Acknowledged by Kafka with acks=all, or in the journal and synced, whichever is first. Survives a power cut.</summary>
    Durable,

    /// <summary>Acknowledged by Kafka with acks=all, and nothing less.</summary>
    Kafka,

    /// <summary>Acknowledged by Kafka, or written to the journal but not synced: survives a crash of the process, not a power cut.</summary>
    Journaled,
}
