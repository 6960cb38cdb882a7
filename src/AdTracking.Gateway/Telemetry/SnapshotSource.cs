using AdTracking.Emitter.Pipeline;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Telemetry;

/// <summary>The numbers for one collection: taken once, so that everything that a scrape shows is from the same moment. Observable
/// instruments are asked in the order in which they were made; the one that was made first refreshes, all others read.</summary>
/// <param name="pipeline">Takes the pipeline's numbers.</param>
/// <param name="totals">Takes the ledger's sums.</param>
internal sealed class SnapshotSource(Func<PipelineStats> pipeline, Func<IReadOnlyList<LedgerCell>> totals)
{
    private Snapshot? _current;

    /// <summary>The pipeline's numbers at the last refresh. Immutable, so a second collection at the same time sees whole snapshots too.</summary>
    public PipelineStats Pipeline => Current.Pipeline;

    /// <summary>The ledger's sums at the last refresh.</summary>
    public IReadOnlyList<LedgerCell> Totals => Current.Totals;

    private Snapshot Current => Volatile.Read(ref _current) ?? Refresh();

    /// <summary>Takes new numbers, and says those of the pipeline: the first instrument of a collection does.</summary>
    public PipelineStats RefreshedPipeline() => Refresh().Pipeline;

    private Snapshot Refresh()
    {
        var taken = new Snapshot(pipeline(), totals());
        Volatile.Write(ref _current, taken);
        return taken;
    }

    private sealed record Snapshot(PipelineStats Pipeline, IReadOnlyList<LedgerCell> Totals);
}
