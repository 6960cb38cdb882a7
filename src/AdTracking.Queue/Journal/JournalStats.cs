namespace AdTracking.Queue.Journal;

/// <summary>What the journal holds and has done. Counts are since the start.</summary>
public sealed record JournalStats
{
    /// <summary>Segment files.</summary>
    public long Segments { get; init; }

    /// <summary>Of these, files of the run before that the start is still reading. Until it is 0, waiting events are counted without
    /// theirs.</summary>
    public long UnreadSegments { get; init; }

    /// <summary>Bytes that segments and their side files take on the disk.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that they may take.</summary>
    public long BytesMax { get; init; }

    /// <summary>Events that are in the journal only: Kafka has not acknowledged them, and they are not in memory.</summary>
    public long WaitingEvents { get; init; }

    /// <summary>Bytes of the batches that hold them.</summary>
    public long WaitingBytes { get; init; }

    /// <summary>Of these, events that may be in Kafka already and are being looked for there.</summary>
    public long QuestionableEvents { get; init; }

    /// <summary>Age of the oldest batch that waits, in milliseconds; 0 when none does.</summary>
    public long OldestAgeMs { get; init; }

    /// <summary>Events written to the journal because Kafka did not acknowledge in time.</summary>
    public long SpilledEvents { get; init; }

    /// <summary>Spill batches written.</summary>
    public long Spills { get; init; }

    /// <summary>Syncs that returned 0.</summary>
    public long Syncs { get; init; }

    /// <summary>Calls to the file system that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Events that the start found in the journal.</summary>
    public long RecoveredEvents { get; init; }

    /// <summary>Of these, events that Kafka turned out to have.</summary>
    public long StruckOutEvents { get; init; }

    /// <summary>Events that were in the journal and cannot be read any more.</summary>
    public long DamagedEvents { get; init; }

    /// <summary>Why it can take nothing at the moment, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the door refuses events because of that: Kafka does not take them either.</summary>
    public bool Refusing { get; init; }
}
