namespace AdTracking.Queue.Memory;

/// <summary>Decides which mark bounds a block's events from below in Kafka's log, and so how it is reconciled after a crash.</summary>
internal enum BlockKind : byte
{
    /// <summary>Everything published in it goes to the producer by the next tick, save events of partitions that take nothing.</summary>
    Shipping = 0,

    /// <summary>Nothing of it has been handed over; the journal's format says "waiting". It becomes shipping, and gets its mark, at its first
    /// hand-over.</summary>
    Unsent = 1,

    /// <summary>An unsent block that the journal has taken: it leaves memory once it is written.</summary>
    Journaled = 2,

    /// <summary>A journaled block that the disk did not take: it is the shipper's again, which has passed it over in its lane.</summary>
    Returned = 3,
}
