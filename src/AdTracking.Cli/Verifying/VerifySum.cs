namespace AdTracking.Cli.Verifying;

/// <summary>The sums of one class over the window.</summary>
/// <param name="Class">impression, click, engagement, bad.</param>
internal sealed record VerifySum(string Class)
{
    /// <summary>By the ledger: entered a queue.</summary>
    public long Accepted { get; init; }

    /// <summary>By the ledger: found in a journal by later runs.</summary>
    public long Recovered { get; init; }

    /// <summary>By the ledger: in Kafka.</summary>
    public long Delivered { get; init; }

    /// <summary>Of these, found there by settling.</summary>
    public long StruckOut { get; init; }

    /// <summary>By the ledger: neither delivered nor given up.</summary>
    public long Waiting { get; init; }

    /// <summary>By the ledger: refused by Kafka for good.</summary>
    public long DeadLettered { get; init; }

    /// <summary>By the ledger: lost.</summary>
    public long Lost { get; init; }

    /// <summary>By the ledger: refused at the door.</summary>
    public long Rejected { get; init; }

    /// <summary>Records in the topic.</summary>
    public long InKafka { get; init; }

    /// <summary>Records that must be there and are not.</summary>
    public long Missing { get; init; }

    /// <summary>Records that the account does not have.</summary>
    public long Extra { get; init; }

    /// <summary>Records whose bytes stand there more than once.</summary>
    public long Doubled { get; init; }

    /// <summary>Cells whose records are not those that were accepted.</summary>
    public long ChangedCells { get; init; }
}
