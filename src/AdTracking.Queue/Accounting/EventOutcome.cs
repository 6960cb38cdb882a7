namespace AdTracking.Queue.Accounting;

/// <summary>What became of an event: the one answer to whoever waits for it, to the ledger, and in metrics. The first three are not final; each of
/// the others is a column of the ledger, under this number.</summary>
public enum EventOutcome : byte
{
    /// <summary>No outcome yet: it is in the queue and will be delivered when Kafka takes it. The zero value promises nothing.</summary>
    Waiting = 0,

    /// <summary>Written to the journal: it will be delivered, whatever happens to the process.</summary>
    Journaled = 1,

    /// <summary>In the journal, and <c>fdatasync</c> has returned: it will be delivered, whatever happens to the machine.</summary>
    Synced = 2,

    /// <summary>Lost: a click whose user was sent on although nothing could be stored. A cell counts it as accepted
    /// too.</summary>
    ClickNotStored = 4,

    /// <summary>Kafka has it: acknowledged with acks=all, or struck out.</summary>
    Delivered = 8,

    /// <summary>Kafka refused it for good, because of the record itself, and its BadEvent is stored. Sending it again cannot help.</summary>
    DeadLettered = 10,

    /// <summary>Lost: in the journal and not to be read any more.</summary>
    Damaged = 12,

    /// <summary>Lost: still in memory, and promised to nobody, when the pipeline ended without a journal.</summary>
    LeftAtEnd = 13,

    /// <summary>Lost: the producer died while the event was on its way, and there is no journal that could find out what became of it: Kafka may
    /// hold it or not. Nothing sends it again behind the caller's back; the caller repeats it under the same event id.</summary>
    FateUnknown = 14,

    /// <summary>Lost: Kafka refused the record, and its BadEvent as well, or there is none to be kept.</summary>
    RefusedTwice = 15,
}

/// <summary>Facts about <see cref="EventOutcome"/>.</summary>
public static class EventOutcomes
{
    /// <summary>Those that say that an event was lost.</summary>
    public static ReadOnlySpan<EventOutcome> Lost =>
        [EventOutcome.ClickNotStored, EventOutcome.Damaged, EventOutcome.LeftAtEnd, EventOutcome.FateUnknown, EventOutcome.RefusedTwice];

    /// <summary>Whether nothing more can become of the event.</summary>
    public static bool IsFinal(this EventOutcome outcome) => outcome > EventOutcome.Synced;

    /// <summary>Whether it is in Kafka, or in the journal: then it was taken.</summary>
    public static bool IsStored(this EventOutcome outcome) =>
        outcome is EventOutcome.Delivered or EventOutcome.Synced or EventOutcome.Journaled;

    /// <summary>Whether Kafka refused the record for good.</summary>
    public static bool IsRefusal(this EventOutcome outcome) => outcome is EventOutcome.DeadLettered or EventOutcome.RefusedTwice;

    /// <summary>The name in ledger entries and metric labels: for a loss, its reason.</summary>
    public static string Tag(this EventOutcome outcome) => outcome switch
    {
        EventOutcome.Waiting => "waiting",
        EventOutcome.Journaled => "journaled",
        EventOutcome.Synced => "synced",
        EventOutcome.ClickNotStored => "click_not_stored",
        EventOutcome.Delivered => "delivered",
        EventOutcome.DeadLettered => "dead_lettered",
        EventOutcome.Damaged => "damaged",
        EventOutcome.LeftAtEnd => "left_at_end",
        EventOutcome.FateUnknown => "fate_unknown",
        EventOutcome.RefusedTwice => "refused_twice",
        _ => "unknown",
    };
}
