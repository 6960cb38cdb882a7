using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Tests;

/// <summary>Scenarios for tests.</summary>
internal static class Scenarios
{
    public static Scenario Get(int connections, int timeoutMs, params LoadSimulation[] load) => new(
        "test", connections, true, timeoutMs, 7, [new Step("get", 1, "GET", "/v1/i?eid={id}", [], "", 1)], load, []);

    public static LoadSimulation Inject(double rate, double seconds) => new(SimulationKind.Inject, rate, rate, seconds);

    public static LoadSimulation KeepConstant(double seconds) => new(SimulationKind.KeepConstant, 0, 0, seconds);
}
