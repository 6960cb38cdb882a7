namespace AdTracking.Queue;

/// <summary>What an event is about, and so which Kafka topic it goes to. The numbers are part of the block format.</summary>
public enum EventTopic : byte
{
    /// <summary><c>ad.impression</c>.</summary>
    Impression = 0,

    /// <summary><c>ad.click</c>.</summary>
    Click = 1,

    /// <summary><c>ad.engagement</c>.</summary>
    Engagement = 2,

    /// <summary><c>ad.bad</c>: refused events, which may take only a share of the queue.</summary>
    Bad = 3,

    /// <summary><c>ad.audit</c>: the ledger.</summary>
    Audit = 4,

    /// <summary>Reserved: nothing is written under this number. It stays a number of the journal's format, so that old journals read.</summary>
    Overflow = 5,
}
