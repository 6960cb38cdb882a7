namespace AdTracking.Load.Scenarios;

/// <summary>One section of a scenario's load.</summary>
/// <param name="Kind">Open or closed loop.</param>
/// <param name="From">Requests per second at its start.</param>
/// <param name="Rate">Requests per second at its end.</param>
/// <param name="Seconds">How long it lasts.</param>
internal sealed record LoadSimulation(SimulationKind Kind, double From, double Rate, double Seconds);
