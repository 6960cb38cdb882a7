using AdTracking.Emitter.Pipeline;

namespace AdTracking.Gateway.Telemetry;

/// <summary>The pipeline's numbers for one collection: taken once, so that everything that a scrape shows is from the same moment. Observable
/// instruments are asked in the order in which they were made; the one that was made first refreshes, all others read.</summary>
/// <param name="take">Takes a snapshot.</param>
internal sealed class SnapshotSource(Func<PipelineStats> take)
{
    private PipelineStats? _current;

    /// <summary>What the last refresh took. Immutable, so a second collection at the same time sees whole snapshots too.</summary>
    public PipelineStats Current => Volatile.Read(ref _current) ?? Refresh();

    /// <summary>Takes a new one: the first instrument of a collection does.</summary>
    public PipelineStats Refresh()
    {
        var stats = take();
        Volatile.Write(ref _current, stats);
        return stats;
    }
}
