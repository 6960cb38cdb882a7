using System.Runtime.CompilerServices;
using AdTracking.Events.Faults;

namespace AdTracking.Queue.Accounting;

/// <summary>Accounts for every event by the minute it was received in, its class and its publisher's bucket. Counting is lock-free and,
/// once a minute's row exists, allocates nothing; any thread may count, in any minute. Bounded: at most <see cref="OpenPagesMax"/> minutes
/// have a page of their own; the oldest then goes to a page for the rest.</summary>
public sealed class Ledger
{
    /// <summary>Stands for the class of an event that was refused before its class was known.</summary>
    public const EventTopic UnknownClass = (EventTopic)EventTopics.Count;

    /// <summary>Two days of minutes, if Kafka takes nothing that long.</summary>
    public const int OpenPagesMax = 2_880;

    /// <summary>Minutes without waiting events keep their page for so long.</summary>
    public const int SettledMinutesKept = 240;

    // A power of two above the number of pages: a minute's slot is its low bits. Retired pages stay there as tombstones.
    private const int Slots = 4_096;
    private readonly LedgerPage?[] _slots = new LedgerPage?[Slots];
    private readonly LedgerPage _rest = new(minute: -1);
    private readonly Lock _lock = new();
    private LedgerPage _last;
    private int _pages;

    /// <summary>An empty ledger.</summary>
    public Ledger() => _last = _rest;

    /// <summary>Counts events. A negative count takes back what turned out not to be so.</summary>
    public void Count(int minute, EventTopic topic, byte bucket, LedgerColumn column, long count = 1)
    {
        var row = LedgerPage.RowOf(topic, bucket);
        var page = Find(minute);
        var counts = page.Counts(row);
        Interlocked.Add(ref counts[(int)column], count);
        if (page.IsRetired)
        {
            LedgerPage.Move(counts, _rest.Counts(row));
        }
    }

    /// <summary>Counts events that have come to a final outcome.</summary>
    public void Count(int minute, EventTopic topic, byte bucket, EventOutcome outcome, long count = 1)
    {
        Invariant.Holds(outcome.IsFinal(), "the ledger counts final outcomes");
        Count(minute, topic, bucket, (LedgerColumn)outcome, count);
    }

    /// <summary>Counts events that were rejected.</summary>
    public void CountRejected(int minute, EventTopic topic, byte bucket, FaultCode code, long count = 1)
    {
        var row = LedgerPage.RowOf(topic, bucket);
        var page = Find(minute);
        var rejected = page.Rejected(row);
        Interlocked.Add(ref rejected[(int)code], count);
        if (page.IsRetired)
        {
            LedgerPage.Move(rejected, _rest.Rejected(row));
        }
    }

    /// <summary>A copy of all cells that were counted in, minute by minute; first the one for the rest (minute -1).</summary>
    public IReadOnlyList<LedgerCell> Snapshot() => Snapshot(int.MinValue);

    /// <summary>The same, of the minutes from <paramref name="fromMinute"/> on.</summary>
    public IReadOnlyList<LedgerCell> Snapshot(int fromMinute)
    {
        var cells = new List<LedgerCell>();
        lock (_lock)
        {
            foreach (var page in Pages().Where(page => page.Minute >= fromMinute))
            {
                Copy(page, cells);
            }
        }

        return cells;
    }

    /// <summary>Sums over all minutes, a cell for each class and bucket that occurs (minute -1).</summary>
    public IReadOnlyList<LedgerCell> Totals()
    {
        var sums = new LedgerPage(minute: -1);
        lock (_lock)
        {
            foreach (var page in Pages())
            {
                Add(page, sums);
            }
        }

        var cells = new List<LedgerCell>();
        Copy(sums, cells);
        return cells;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LedgerPage Find(int minute)
    {
        var last = Volatile.Read(ref _last);
        return last.Minute == minute && !last.IsRetired ? last : FindSlowly(minute);
    }

    private LedgerPage FindSlowly(int minute)
    {
        var page = Volatile.Read(ref _slots[minute & (Slots - 1)]);
        if (page is null || page.Minute != minute)
        {
            page = Open(minute);
        }

        if (page.IsRetired)
        {
            return _rest;
        }

        Volatile.Write(ref _last, page);
        return page;
    }

    private LedgerPage Open(int minute)
    {
        lock (_lock)
        {
            ref var slot = ref _slots[minute & (Slots - 1)];
            if (slot is not null && slot.Minute >= minute)
            {
                return slot.Minute == minute ? slot : _rest;
            }

            if (slot is not null)
            {
                Retire(slot);
            }

            RetireSettled(minute);
            if (_pages == OpenPagesMax)
            {
                Retire(Pages().ElementAt(1));
            }

            _pages++;
            var page = new LedgerPage(minute);
            Volatile.Write(ref slot, page);
            return page;
        }
    }

    private void RetireSettled(int minute)
    {
        foreach (var page in Pages().Where(page => page.Minute >= 0 && page.Minute < minute - SettledMinutesKept))
        {
            if (page.IsSettled)
            {
                Retire(page);
            }
        }
    }

    private void Retire(LedgerPage page)
    {
        if (page.IsRetired)
        {
            return;
        }

        page.Retire(_rest);
        _pages--;
    }

    // The page for the rest, then the open ones, oldest first. Under the lock.
    private List<LedgerPage> Pages()
    {
        var pages = new List<LedgerPage>(_pages + 1) { _rest };
        foreach (var page in _slots)
        {
            if (page is not null && !page.IsRetired)
            {
                pages.Add(page);
            }
        }

        pages.Sort((one, other) => one.Minute.CompareTo(other.Minute));
        return pages;
    }

    private static void Copy(LedgerPage page, List<LedgerCell> cells)
    {
        for (var row = 0; row < LedgerPage.RowCount; row++)
        {
            var counts = page.CountsOrNull(row);
            var rejected = page.RejectedOrNull(row);
            if (counts is not null || rejected is not null)
            {
                cells.Add(new LedgerCell(page.Minute, row, counts, rejected));
            }
        }
    }

    private static void Add(LedgerPage page, LedgerPage sums)
    {
        for (var row = 0; row < LedgerPage.RowCount; row++)
        {
            if (page.CountsOrNull(row) is { } counts)
            {
                Add(counts, sums.Counts(row));
            }

            if (page.RejectedOrNull(row) is { } rejected)
            {
                Add(rejected, sums.Rejected(row));
            }
        }
    }

    private static void Add(long[] from, long[] to)
    {
        for (var i = from.Length - 1; i >= 0; i--)
        {
            to[i] += Volatile.Read(ref from[i]);
        }
    }
}
