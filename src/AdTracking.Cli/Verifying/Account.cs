using AdTracking.Events;

namespace AdTracking.Cli.Verifying;

/// <summary>The ledger of a window: cells, and the minutes that runs were cut off in.</summary>
/// <param name="now">When the comparison began.</param>
internal sealed class Account(DateTimeOffset now)
{
    /// <summary>A gateway publishes once per minute, so entries of the last two minutes may not be there yet.</summary>
    private static readonly TimeSpan Publication = TimeSpan.FromMinutes(2);

    private readonly Dictionary<(string Edge, int Minute), HashSet<string>> _cut = [];
    private readonly Dictionary<string, int> _newest = new(StringComparer.Ordinal);
    private readonly HashSet<CellKey> _live = [];
    private readonly int _publishedBefore = MinuteOf(now - Publication);
    private (string Edge, string Run, int FirstMinute)? _asked;

    /// <summary>What it says of every cell.</summary>
    public Dictionary<CellKey, CellAccount> Cells { get; } = [];

    /// <summary>Minutes in which a run of a gateway ended without a last word.</summary>
    public int CutMinutes => _cut.Count;

    /// <summary>The end of the newest minute that a gateway has published entries of, by gateway.</summary>
    public IEnumerable<(string Edge, DateTimeOffset To)> PublishedTo => _newest.OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => (one.Key, DateTimeOffset.FromUnixTimeSeconds((one.Value + 1) * 60L)));

    /// <summary>The running gateway that was asked for what it has not published; null when none was.</summary>
    public string? AskedEdge => _asked?.Edge;

    /// <summary>Takes an entry in.</summary>
    public void Add(LedgerEntry entry)
    {
        var minute = MinuteOf(entry.MinuteTs);
        _newest[entry.EdgeId] = Math.Max(_newest.GetValueOrDefault(entry.EdgeId), minute);
        if (entry.State == LedgerState.Cut)
        {
            if (!_cut.TryGetValue((entry.EdgeId, minute), out var runs))
            {
                _cut.Add((entry.EdgeId, minute), runs = []);
            }

            runs.Add(entry.InstanceId);
            return;
        }

        CellOf(KeyOf(entry)).Add(entry);
    }

    /// <summary>Takes in what a running gateway said before the topics were read: at least that must be there.</summary>
    public void AddLive(string edge, string run, IEnumerable<LedgerEntry> entries)
    {
        var first = int.MaxValue;
        foreach (var entry in entries)
        {
            first = entry.Received > 0 ? Math.Min(first, MinuteOf(entry.MinuteTs)) : first; // what it only recovered, a former run received
            _live.Add(KeyOf(entry));
            CellOf(KeyOf(entry)).AddLive(entry);
        }

        _asked = (edge, run, first);
    }

    /// <summary>Takes in what it said after they were read: no more than that can be there.</summary>
    public void AddLiveAfter(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            _live.Add(KeyOf(entry));
            CellOf(KeyOf(entry)).AddLiveAfter(entry);
        }
    }

    /// <summary>What a class is called in cells.</summary>
    public static string ClassOf(LedgerClass of) => of.ToString().ToLowerInvariant();

    /// <summary>Holds what topics have against the account of one cell.</summary>
    public CellVerdict Judge(CellKey key, CellRecords? records)
    {
        var found = records?.Count ?? 0;
        if (!Cells.TryGetValue(key, out var account))
        {
            return JudgeUnaccounted(key, found) with { Doubled = records?.Doubled ?? 0 };
        }

        var cut = _cut.GetValueOrDefault((key.Edge, key.Minute))?.Where(run => !account.IsFinal(run)).ToList() ?? [];
        var kind = cut.Count > 0 ? CellKind.Cut : account.IsSettled ? CellKind.Closed : CellKind.Open;
        var isIntakeComplete = account.IsIntakeComplete && cut.TrueForAll(account.Has);
        var least = kind == CellKind.Closed ? account.Due : account.Least;
        var isBounded = isIntakeComplete || (cut.Count == 0 && _live.Contains(key) && account.IsIntakeCompleteBut(_asked?.Run));
        var most = kind == CellKind.Closed ? account.Due : isBounded ? account.Most : long.MaxValue;
        return new CellVerdict(key, least, found, kind)
        {
            Missing = Math.Max(0, least - found),
            Extra = Math.Max(0, found - Math.Max(least, most)),
            Doubled = records?.Doubled ?? 0,
            Unbalanced = account.Unbalanced,
            IsChanged = kind == CellKind.Closed && records is not null && IsChanged(account, records),
        };
    }

    // Contents can be compared where all that was accepted is in Kafka; clicks that were lost are not in the sum.
    private static bool IsChanged(CellAccount account, CellRecords records) =>
        records.Count == account.Due && account.DeadLettered == 0
        && account.Entries.All(entry => entry.Lost.Keys.All(reason => reason == "click_not_stored"))
        && records.Sum != account.AcceptedSum;

    // A minute that the gateway has not published yet, or in which a run was cut off before it could, is nobody's fault.
    private CellVerdict JudgeUnaccounted(CellKey key, long found)
    {
        if (_cut.ContainsKey((key.Edge, key.Minute)))
        {
            return new CellVerdict(key, 0, found, CellKind.Cut);
        }

        return IsPublished(key)
            ? new CellVerdict(key, 0, found, CellKind.Unaccounted) { Extra = found }
            : new CellVerdict(key, 0, found, CellKind.Unpublished);
    }

    // What a running gateway said is complete from its run's first minute on; in that one a former run may have counted as well.
    private bool IsPublished(CellKey key)
    {
        if (_asked is { } asked && asked.Edge == key.Edge && key.Minute > asked.FirstMinute)
        {
            return true;
        }

        return _newest.TryGetValue(key.Edge, out var newest) ? key.Minute < newest : key.Minute < _publishedBefore;
    }

    private CellAccount CellOf(CellKey key)
    {
        if (!Cells.TryGetValue(key, out var cell))
        {
            Cells.Add(key, cell = new CellAccount());
        }

        return cell;
    }

    private static CellKey KeyOf(LedgerEntry entry) =>
        new(entry.EdgeId, MinuteOf(entry.MinuteTs), ClassOf(entry.EventClass), entry.PublisherBucket);

    private static int MinuteOf(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 60);
}
