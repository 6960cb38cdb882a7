using AdTracking.Events;

namespace AdTracking.Cli.Verifying;

/// <summary>The ledger of a window: cells, and the minutes that runs were cut off in.</summary>
internal sealed class Account
{
    private readonly Dictionary<(string Edge, int Minute), HashSet<string>> _cut = [];
    private readonly Dictionary<string, int> _newest = new(StringComparer.Ordinal);

    /// <summary>What it says of every cell.</summary>
    public Dictionary<CellKey, CellAccount> Cells { get; } = [];

    /// <summary>Minutes in which a run of a gateway ended without a last word.</summary>
    public int CutMinutes => _cut.Count;

    /// <summary>Takes an entry in.</summary>
    public void Add(LedgerEntry entry)
    {
        var minute = (int)(entry.MinuteTs.ToUnixTimeSeconds() / 60);
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

        var key = new CellKey(entry.EdgeId, minute, ClassOf(entry.EventClass), entry.PublisherBucket);
        if (!Cells.TryGetValue(key, out var cell))
        {
            Cells.Add(key, cell = new CellAccount());
        }

        cell.Add(entry);
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
        var most = kind == CellKind.Closed ? account.Due : isIntakeComplete ? account.Accepted - account.DeadLettered : long.MaxValue;
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
        var isKnown = _newest.TryGetValue(key.Edge, out var newest);
        if (_cut.ContainsKey((key.Edge, key.Minute)))
        {
            return new CellVerdict(key, 0, found, CellKind.Cut);
        }

        return isKnown && key.Minute >= newest
            ? new CellVerdict(key, 0, found, CellKind.Open)
            : new CellVerdict(key, 0, found, CellKind.Unaccounted) { Extra = found };
    }
}
