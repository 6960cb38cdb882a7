namespace AdTracking.Load.Scenarios;

/// <summary>What to send, how fast, and what has to hold.</summary>
internal sealed record Scenario(
    string Name, int Connections, bool KeepAlive, int TimeoutMs, long Seed,
    IReadOnlyList<Step> Steps, IReadOnlyList<LoadSimulation> Load, IReadOnlyList<Threshold> Thresholds)
{
    /// <summary>Whether the load is a closed loop.</summary>
    public bool IsClosed => Load[0].Kind == SimulationKind.KeepConstant;

    /// <summary>Length of all load simulations together.</summary>
    public double Seconds => Load.Sum(simulation => simulation.Seconds);
}
