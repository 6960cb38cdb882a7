namespace AdTracking.Queue.Accounting;

/// <summary>What the ledger counts of the events of one minute, class and bucket. The account: received = accepted + rejected; accepted +
/// recovered = delivered + waiting + dead-lettered + lost. The intake's columns and the outcomes lie in cache lines of their own, since
/// other threads write them.</summary>
public enum LedgerColumn : byte
{
    /// <summary>Events that came in, whatever became of them; counted before they are judged.</summary>
    Received = 0,

    /// <summary>Events that entered the queue.</summary>
    Accepted = 1,

    /// <summary>What they were: the sum of <see cref="EventSum"/> over the accepted events.</summary>
    AcceptedSum = 2,

    /// <summary>Events that the start found in the journal.</summary>
    Recovered = 3,

    /// <summary>Lost: clicks whose user was sent on although nothing could be stored. Counted as accepted too.</summary>
    LostClicks = 4,

    /// <summary>Events that Kafka has: acknowledged, or struck out.</summary>
    Delivered = 8,

    /// <summary>Of the delivered ones, those that settling found in Kafka's log.</summary>
    StruckOut = 9,

    /// <summary>Events that Kafka refused for good, and whose BadEvent is stored.</summary>
    DeadLettered = 10,

    /// <summary>Of the waiting ones, those that are in the journal only: goes up and down.</summary>
    WaitingJournal = 11,

    /// <summary>Lost: in the journal and not to be read any more.</summary>
    LostDamaged = 12,

    /// <summary>Lost: still in memory, and promised to nobody, when the pipeline ended without a journal.</summary>
    LostAtEnd = 13,

    /// <summary>Lost: the producer died with them, and without a journal nobody can find out whether Kafka has them.</summary>
    LostUnknown = 14,

    /// <summary>Lost: Kafka refused the record, and its BadEvent as well.</summary>
    LostRefused = 15,
}
