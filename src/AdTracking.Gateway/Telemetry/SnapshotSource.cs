using AdTracking.Emitter.Pipeline;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Telemetry;

/// <summary>The numbers for one collection: taken once, so that everything that a scrape shows is from the same moment. Observable
/// instruments are asked in the order in which they were made; the one that was made first refreshes, all others read.</summary>
/// <param name="take">Takes the pipeline's numbers, the ledger's sums among them.</param>
internal sealed class SnapshotSource(Func<PipelineStats> take)
{
    private PipelineStats? _current;

    /// <summary>The numbers at the last refresh. Immutable, so a second collection at the same time sees whole snapshots too.</summary>
    public PipelineStats Pipeline => Volatile.Read(ref _current) ?? RefreshedPipeline();

    /// <summary>The ledger's sums at the last refresh.</summary>
    public IReadOnlyList<LedgerCell> Totals => Pipeline.Totals;

    /// <summary>Takes new numbers, and says them: the first instrument of a collection does.</summary>
    public PipelineStats RefreshedPipeline()
    {
        var taken = take();
        Volatile.Write(ref _current, taken);
        return taken;
    }
}
