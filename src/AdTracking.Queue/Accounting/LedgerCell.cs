using AdTracking.Events.Faults;

namespace AdTracking.Queue.Accounting;

/// <summary>A copy of the counts of one minute, class and bucket.</summary>
public sealed class LedgerCell
{
    private readonly long[] _counts;
    private readonly long[]? _rejected;

    internal LedgerCell(int minute, int row, long[]? counts, long[]? rejected)
    {
        Minute = minute;
        Topic = (EventTopic)(row / PublisherBuckets.Count);
        Bucket = row % PublisherBuckets.Count;
        _counts = counts is null ? new long[LedgerColumns.Count] : Copy(counts);
        Waiting = WaitingOf(_counts);

        // One count for both, so that no reader sees half of it.
        _counts[(int)LedgerColumn.Accepted] += _counts[(int)EventOutcome.ClickNotStored];
        _rejected = rejected is null ? null : Copy(rejected);
    }

    /// <summary>The minute of received_ts, counted from 1970; -1: all minutes that have no page of their own any more.</summary>
    public int Minute { get; }

    /// <summary>The class; <see cref="Ledger.UnknownClass"/> when nobody could tell.</summary>
    public EventTopic Topic { get; }

    /// <summary>The publisher's bucket (<see cref="PublisherBuckets"/>).</summary>
    public int Bucket { get; }

    /// <summary>Events without an outcome, by the account: accepted + recovered less all outcomes.</summary>
    public long Waiting { get; }

    /// <summary>Lost for any reason.</summary>
    public long Lost => LostOf(_counts);

    /// <summary>Rejected for any reason.</summary>
    public long Rejected => _rejected?.Sum() ?? 0;

    /// <summary>One column.</summary>
    public long this[LedgerColumn column] => _counts[(int)column];

    /// <summary>Events with a final outcome.</summary>
    public long this[EventOutcome outcome] => this[(LedgerColumn)outcome];

    /// <summary>Events rejected with a code.</summary>
    public long RejectedWith(FaultCode code) => _rejected?[(int)code] ?? 0;

    /// <summary>Whether two copies say the same.</summary>
    public bool SaysTheSame(LedgerCell other) =>
        _counts.AsSpan().SequenceEqual(other._counts) && (_rejected ?? []).AsSpan().SequenceEqual(other._rejected ?? []);

    internal static long WaitingOf(long[] counts)
    {
        // Outcomes are read before what came in, so that no event is seen to have left before it came.
        var done = Read(counts, EventOutcome.Delivered) + Read(counts, EventOutcome.DeadLettered) + LostOf(counts)
            - Read(counts, EventOutcome.ClickNotStored); // never in the queue
        return Read(counts, LedgerColumn.Accepted) + Read(counts, LedgerColumn.Recovered) - done;
    }

    private static long LostOf(long[] counts)
    {
        long lost = 0;
        foreach (var outcome in EventOutcomes.Lost)
        {
            lost += Read(counts, outcome);
        }

        return lost;
    }

    private static long Read(long[] counts, EventOutcome outcome) => Read(counts, (LedgerColumn)outcome);

    private static long Read(long[] counts, LedgerColumn column) => Volatile.Read(ref counts[(int)column]);

    private static long[] Copy(long[] counts)
    {
        var copy = new long[counts.Length];
        for (var i = copy.Length - 1; i >= 0; i--)
        {
            copy[i] = Volatile.Read(ref counts[i]);
        }

        return copy;
    }
}
