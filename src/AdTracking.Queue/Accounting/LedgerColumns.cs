namespace AdTracking.Queue.Accounting;

/// <summary>Facts about <see cref="LedgerColumn"/>.</summary>
public static class LedgerColumns
{
    /// <summary>Places in a row; not all are used.</summary>
    public const int Count = 16;

    /// <summary>The columns that say that an event was lost.</summary>
    public static ReadOnlySpan<LedgerColumn> Lost =>
        [LedgerColumn.LostClicks, LedgerColumn.LostDamaged, LedgerColumn.LostAtEnd, LedgerColumn.LostUnknown, LedgerColumn.LostRefused];

    /// <summary>The name in ledger entries and metric labels: for a loss, its reason.</summary>
    public static string Tag(this LedgerColumn column) => column switch
    {
        LedgerColumn.Received => "received",
        LedgerColumn.Accepted => "accepted",
        LedgerColumn.AcceptedSum => "accepted_sum",
        LedgerColumn.Recovered => "recovered",
        LedgerColumn.LostClicks => "click_not_stored",
        LedgerColumn.Delivered => "delivered",
        LedgerColumn.StruckOut => "struck_out",
        LedgerColumn.DeadLettered => "dead_lettered",
        LedgerColumn.WaitingJournal => "waiting_journal",
        LedgerColumn.LostDamaged => "damaged",
        LedgerColumn.LostAtEnd => "left_at_end",
        LedgerColumn.LostUnknown => "fate_unknown",
        LedgerColumn.LostRefused => "refused_twice",
        _ => "unknown",
    };
}
