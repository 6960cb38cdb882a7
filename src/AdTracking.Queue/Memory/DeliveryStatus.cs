namespace AdTracking.Queue.Memory;

/// <summary>What became of one event. The zero value is the one that promises nothing.</summary>
public enum DeliveryStatus : byte
{
    /// <summary>No outcome yet: it is in the queue and will be delivered when Kafka takes it.</summary>
    Waiting = 0,

    /// <summary>Acknowledged by Kafka with acks=all.</summary>
    Delivered = 1,

    /// <summary>Refused by Kafka because of the record itself; sending it again cannot help.</summary>
    Refused = 2,

    /// <summary>The producer died while the event was on its way, and there is no journal that could find out what became of it: Kafka may
    /// hold it or not. Nothing sends it again behind the caller's back; the caller repeats it under the same event id.</summary>
    Unknown = 3,

    /// <summary>In the journal, and <c>fdatasync</c> has returned: it will be delivered, whatever happens to the machine.</summary>
    Synced = 4,

    /// <summary>Written to the journal: it will be delivered, whatever happens to the process.</summary>
    Journaled = 5,
}
