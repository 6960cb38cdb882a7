using AdTracking.Events;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Accounting;

/// <summary>Publishes the ledger: once a minute an entry for every cell that has changed, final ones at the end, and for minutes that a
/// former run was cut off in, an entry that says so.</summary>
/// <param name="ledger">What is counted.</param>
/// <param name="entries">Makes records of it.</param>
/// <param name="note">What the next run has to know.</param>
/// <param name="store">Stores records; false when that is not certain. Putting them again harms nothing.</param>
/// <param name="journals">Whether what waits at the end is in the journal.</param>
/// <param name="logger">Says when former runs were cut.</param>
/// <param name="clock">The clock.</param>
internal sealed class LedgerPublisher(
    Ledger ledger,
    LedgerEntries entries,
    LedgerNote note,
    Func<IReadOnlyList<LedgerEntry>, Task<bool>> store,
    bool journals,
    ILogger logger,
    TimeProvider clock)
    : IAsyncDisposable
{
    private const int CutMinutesMax = Ledger.OpenPagesMax;

    /// <summary>A minute's entries are final when it is over for so long and nothing of it waits: no request can still count in it.</summary>
    private const int ClosedAfterMinutes = 2;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CutRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPoll = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<(int Minute, EventTopic Topic, int Bucket), (LedgerCell Cell, LedgerState State)> _published = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private int _revision;

    public void Start() => _loop = LoopAsync(_stop.Token);

    /// <summary>Publishes what has changed since the last time. False: it is not certain that it is stored, and will be tried again.</summary>
    public async Task<bool> PublishAsync()
    {
        var now = clock.GetUtcNow();
        var openFrom = MinuteOf(now) - ClosedAfterMinutes;
        var cells = ledger.Snapshot().Where(LedgerEntries.IsPublished).ToList();
        var open = cells.Where(cell => StateOf(cell, openFrom) == LedgerState.Open).Select(cell => cell.Minute).DefaultIfEmpty(MinuteOf(now));
        note.Renew(open.Min(), MinuteOf(now));
        return await StoreAsync(cells, cell => StateOf(cell, openFrom), (cell, state) => entries.Of(cell, state, _revision, now));
    }

    /// <summary>Ends the publishing: waits up to a limit for what is under way, then publishes everything as final.</summary>
    public async Task FinishAsync(TimeSpan limit)
    {
        await StopAsync();
        var startedAt = clock.GetTimestamp();
        while (ledger.Totals().Any(IsWaitedFor) && clock.GetElapsedTime(startedAt) < limit)
        {
            await Task.Delay(EndPoll, clock);
        }

        var now = clock.GetUtcNow();
        _published.Clear();
        var cells = ledger.Snapshot().Where(LedgerEntries.IsPublished).ToList();
        if (await StoreAsync(cells, _ => LedgerState.Closed, (cell, _) => entries.Last(cell, journals, _revision, now)))
        {
            note.End();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        note.Dispose();
    }

    /// <summary>Marks the minutes of former runs that did not come to their end.</summary>
    public async Task<bool> MarkCutAsync()
    {
        var now = clock.GetUtcNow();
        foreach (var run in note.Cut)
        {
            // The note is renewed once a minute, so the run may have been counting in the minute after its last.
            var last = Math.Min(run.LastMinute + 1, MinuteOf(now));
            var first = Math.Max(run.FirstMinute, last - CutMinutesMax + 1);
            if (!await store([.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(minute => entries.Cut(run, minute, now))]))
            {
                return false;
            }

            Log.RunCut(logger, run.InstanceId, DateTimeOffset.FromUnixTimeSeconds(first * 60L), DateTimeOffset.FromUnixTimeSeconds((last + 1) * 60L));
        }

        note.ForgetCut();
        return true;
    }

    private static int MinuteOf(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 60);

    private static LedgerState StateOf(LedgerCell cell, int openFrom) =>
        cell.Minute >= openFrom || cell.Waiting != 0 || cell[LedgerColumn.WaitingJournal] != 0 ? LedgerState.Open : LedgerState.Closed;

    private static bool IsWaitedFor(LedgerCell cell) => LedgerEntries.IsAccounted(cell) && cell.Waiting > 0;

    private async Task LoopAsync(CancellationToken cancellation)
    {
        while (note.Cut.Count > 0 && !await MarkCutAsync())
        {
            await Task.Delay(CutRetry, clock, cancellation);
        }

        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            await PublishAsync();
        }
    }

    private async Task<bool> StoreAsync(
        List<LedgerCell> cells, Func<LedgerCell, LedgerState> stateOf, Func<LedgerCell, LedgerState, LedgerEntry> make)
    {
        _revision++;
        var changed = cells.Select(cell => (Cell: cell, State: stateOf(cell))).Where(one => HasChanged(one.Cell, one.State)).ToList();
        if (changed.Count == 0)
        {
            return true;
        }

        if (!await store([.. changed.Select(one => make(one.Cell, one.State))]))
        {
            return false;
        }

        foreach (var (cell, state) in changed)
        {
            _published[(cell.Minute, cell.Topic, cell.Bucket)] = (cell, state);
        }

        Forget(cells);
        return true;
    }

    private bool HasChanged(LedgerCell cell, LedgerState state) =>
        !_published.TryGetValue((cell.Minute, cell.Topic, cell.Bucket), out var last) || last.State != state || !last.Cell.SaysTheSame(cell);

    /// <summary>What has no page any more is not published again.</summary>
    private void Forget(List<LedgerCell> cells)
    {
        var oldest = cells.Min(cell => cell.Minute);
        foreach (var key in _published.Keys.Where(key => key.Minute < oldest).ToList())
        {
            _published.Remove(key);
        }
    }

    private async Task StopAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
        }

        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
