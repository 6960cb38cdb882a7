namespace AdTracking.Load.Scenarios;

/// <summary>A bound of a result: <c>p99MsMax</c> and the like.</summary>
internal sealed record Threshold(string Name, double Bound);
