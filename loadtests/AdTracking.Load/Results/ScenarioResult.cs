using AdTracking.Load.Engine;

namespace AdTracking.Load.Results;

/// <summary>What a run came to.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Counts">Counts and latencies.</param>
/// <param name="ServerCpuSeconds">CPU of the server process, when its process id is known.</param>
/// <param name="ClientCpuSeconds">CPU of this process.</param>
internal sealed record ScenarioResult(string Name, double Seconds, Recorder Counts, double? ServerCpuSeconds, double ClientCpuSeconds)
{
    /// <summary>All requests, failed ones too.</summary>
    public long Requests => Counts.Succeeded + Counts.Failed;

    /// <summary>Successful requests per second.</summary>
    public double RequestsPerSecond => Seconds > 0 ? Counts.Succeeded / Seconds : 0;

    /// <summary>Failed requests as a part of all.</summary>
    public double FailedShare => Requests == 0 ? 0 : (double)Counts.Failed / Requests;

    /// <summary>A percentile of the latency in milliseconds; 100 is the maximum.</summary>
    public double Ms(double percentile) =>
        Counts.LatencyUs.TotalCount == 0 ? 0 : Counts.LatencyUs.GetValueAtPercentile(percentile) / 1000d;

    /// <summary>The measure that a threshold bounds.</summary>
    public double Measure(string threshold) => threshold switch
    {
        "p50MsMax" => Ms(50),
        "p90MsMax" => Ms(90),
        "p99MsMax" => Ms(99),
        "p999MsMax" => Ms(99.9),
        "maxMsMax" => Ms(100),
        "failedShareMax" => FailedShare,
        "requestsPerSecondMin" => RequestsPerSecond,
        _ => throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "no threshold has this name"),
    };
}
