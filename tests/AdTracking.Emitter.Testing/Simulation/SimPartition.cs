namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One partition of the simulated Kafka.</summary>
internal sealed class SimPartition
{
    private int _visible;

    public List<SimRecord> Records { get; } = [];

    /// <summary>It takes nothing until then: no leader, or too few replicas.</summary>
    public long StalledUntilMs { get; set; }

    /// <summary>It cannot be listed or read until then.</summary>
    public long AwayUntilMs { get; set; }

    /// <summary>The high watermark: everything before the first record that followers do not have yet. It never goes back.</summary>
    public int HighWatermark(long nowMs)
    {
        while (_visible < Records.Count && Records[_visible].VisibleAtMs <= nowMs)
        {
            _visible++;
        }

        return _visible;
    }
}
