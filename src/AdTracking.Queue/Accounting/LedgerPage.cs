using AdTracking.Events;

namespace AdTracking.Queue.Accounting;

/// <summary>One minute's counts: a row of columns for each class and bucket that occurs, a row of fault codes where something was rejected.
/// Rows are made when they are first counted in; after that counting is one interlocked addition.</summary>
internal sealed class LedgerPage
{
    /// <summary>Rows: every topic and the class that is not known, each with its buckets.</summary>
    public const int RowCount = (EventTopics.Count + 1) * PublisherBuckets.Count;

    private static readonly int Codes = FaultCodes.All.Length;
    private readonly long[]?[] _counts = new long[]?[RowCount];
    private readonly long[]?[] _rejected = new long[]?[RowCount];
    private int _retired;

    public LedgerPage(int minute) => Minute = minute;

    /// <summary>The minute, counted from 1970; -1 for the page that takes in what has no page of its own any more.</summary>
    public int Minute { get; }

    /// <summary>Set for good once its counts have gone to the page for the rest.</summary>
    public bool IsRetired => Volatile.Read(ref _retired) != 0;

    public static int RowOf(EventTopic topic, byte bucket) => ((int)topic * PublisherBuckets.Count) + bucket;

    /// <summary>The row of counts; made when there is none.</summary>
    public long[] Counts(int row) => Volatile.Read(ref _counts[row]) ?? Make(_counts, row, LedgerColumns.Count);

    /// <summary>The row of fault codes; made when there is none.</summary>
    public long[] Rejected(int row) => Volatile.Read(ref _rejected[row]) ?? Make(_rejected, row, Codes);

    /// <summary>The row of counts, or null.</summary>
    public long[]? CountsOrNull(int row) => Volatile.Read(ref _counts[row]);

    /// <summary>The row of fault codes, or null.</summary>
    public long[]? RejectedOrNull(int row) => Volatile.Read(ref _rejected[row]);

    /// <summary>Whether every event that came in has its outcome.</summary>
    public bool IsSettled
    {
        get
        {
            for (var row = 0; row < RowCount; row++)
            {
                if (CountsOrNull(row) is { } counts && (LedgerCell.WaitingOf(counts) != 0 || counts[(int)LedgerColumn.WaitingJournal] != 0))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Moves everything to the page for the rest. Who counted in a row meanwhile sees <see cref="IsRetired"/> after its addition
    /// and moves that row itself, so nothing is left behind.</summary>
    public void Retire(LedgerPage rest)
    {
        Interlocked.Exchange(ref _retired, 1);
        for (var row = 0; row < RowCount; row++)
        {
            if (Interlocked.Exchange(ref _counts[row], null) is { } counts)
            {
                Move(counts, rest.Counts(row));
            }

            if (Interlocked.Exchange(ref _rejected[row], null) is { } rejected)
            {
                Move(rejected, rest.Rejected(row));
            }
        }
    }

    /// <summary>Moves the counts of one row to another.</summary>
    public static void Move(long[] from, long[] to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            var count = Interlocked.Exchange(ref from[i], 0);
            if (count != 0)
            {
                Interlocked.Add(ref to[i], count);
            }
        }
    }

    private static long[] Make(long[]?[] rows, int row, int length)
    {
        var made = new long[length];
        return Interlocked.CompareExchange(ref rows[row], made, null) ?? made;
    }
}
