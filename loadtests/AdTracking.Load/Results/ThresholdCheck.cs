using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Results;

/// <summary>Compares a result with the thresholds of its scenario.</summary>
internal static class ThresholdCheck
{
    /// <summary>One line for each threshold that does not hold. A latency threshold does not hold without any latency.</summary>
    public static IReadOnlyList<string> Failures(ScenarioResult result, IEnumerable<Threshold> thresholds) =>
        [.. from threshold in thresholds
            let measured = result.Measure(threshold.Name)
            let isEmpty = threshold.Name.EndsWith("MsMax", StringComparison.Ordinal) && result.Counts.LatencyUs.TotalCount == 0
            let holds = threshold.Name.EndsWith("Min", StringComparison.Ordinal) ? measured >= threshold.Bound : measured <= threshold.Bound
            where isEmpty || !holds
            select $"{threshold.Name} {threshold.Bound:0.###}: measured {(isEmpty ? "nothing" : $"{measured:0.###}")}"];
}
