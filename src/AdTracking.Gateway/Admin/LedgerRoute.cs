using AdTracking.Gateway.Accounting;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Admin;

/// <summary><c>GET /ledger</c>: the account as JSON, minute by minute and in total.</summary>
internal sealed class LedgerRoute(Ledger ledger, string edgeId, LedgerRun run, TimeProvider clock)
{
    private const int MinutesDefault = 10;
    private const int MinutesMax = Ledger.OpenPagesMax;

    /// <summary>The body, or null when <c>minutes</c> is not a number from 1 to 2,880.</summary>
    public object? Answer(string? minutes)
    {
        var wanted = MinutesDefault;
        if (minutes is not null && (!int.TryParse(minutes, out wanted) || wanted is < 1 or > MinutesMax))
        {
            return null;
        }

        var now = (int)(clock.GetUtcNow().ToUnixTimeSeconds() / 60);
        return new
        {
            edgeId,
            instanceId = run.InstanceId,
            minutes = ledger.Snapshot(Math.Max(0, now - wanted + 1)).GroupBy(cell => cell.Minute)
                .Select(cells => new { minute = DateTimeOffset.FromUnixTimeSeconds(cells.Key * 60L), cells = cells.Select(Show) }),
            totals = ledger.Totals().Select(Show),
        };
    }

    private static object Show(LedgerCell cell) => new
    {
        @class = LedgerMetrics.ClassOf(cell.Topic),
        bucket = PublisherBuckets.Tag(cell.Bucket),
        received = cell[LedgerColumn.Received],
        accepted = cell[LedgerColumn.Accepted],
        recovered = cell[LedgerColumn.Recovered],
        delivered = cell[EventOutcome.Delivered],
        struckOut = cell[LedgerColumn.StruckOut],
        waitingMemory = cell.Waiting - cell[LedgerColumn.WaitingJournal],
        waitingJournal = cell[LedgerColumn.WaitingJournal],
        deadLettered = cell[EventOutcome.DeadLettered],
        lost = LedgerEntries.Lost(cell),
        rejected = LedgerEntries.Rejected(cell),
    };
}
