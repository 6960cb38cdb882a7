namespace AdTracking.Queue.Accounting;

/// <summary>What the ledger counts of the events of one minute, class and bucket, beside every final <see cref="EventOutcome"/>, whose numbers are
/// columns too. The account: received = accepted + rejected; accepted + recovered = delivered + waiting + dead-lettered + lost. The intake's columns
/// and the outcomes lie in cache lines of their own, since other threads write them.</summary>
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

    /// <summary>Of the delivered ones, those that reconciliation found in Kafka's log.</summary>
    StruckOut = 9,

    /// <summary>Of the waiting ones, those that are in the journal only: goes up and down.</summary>
    WaitingJournal = 11,
}

/// <summary>Facts about <see cref="LedgerColumn"/>.</summary>
public static class LedgerColumns
{
    /// <summary>Places in a row, outcomes included; not all are used.</summary>
    public const int Count = 16;

    /// <summary>The name in metrics.</summary>
    public static string Tag(this LedgerColumn column) => column switch
    {
        LedgerColumn.Received => "received",
        LedgerColumn.Accepted => "accepted",
        LedgerColumn.AcceptedSum => "accepted_sum",
        LedgerColumn.Recovered => "recovered",
        LedgerColumn.StruckOut => "struck_out",
        LedgerColumn.WaitingJournal => "waiting_journal",
        _ => "unknown",
    };
}
