using System.Text;
using System.Text.Json;

namespace AdTracking.Load.Results;

/// <summary>Results as Markdown tables for people, and as JSON for machines.</summary>
internal static class ResultText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A table with one row per scenario.</summary>
    public static string Table(IEnumerable<ScenarioResult> results)
    {
        var text = new StringBuilder();
        text.Append("| scenario | requests/s | ok | failed | p50 ms | p90 | p99 | p99.9 | max | ");
        text.AppendLine("server CPU per request, us | per event | harness CPU per request, us |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var result in results)
        {
            var counts = result.Counts;
            text.Append($"| {result.Name} | {result.RequestsPerSecond:0} | {counts.Succeeded} | {counts.Failed} | ");
            text.Append($"{result.Ms(50):0.00} | {result.Ms(90):0.00} | {result.Ms(99):0.00} | {result.Ms(99.9):0.00} | {result.Ms(100):0.00} | ");
            text.Append($"{PerUnit(result.ServerCpuSeconds, result.Requests)} | {PerUnit(result.ServerCpuSeconds, counts.Events)} | ");
            text.AppendLine($"{PerUnit(result.ClientCpuSeconds, result.Requests)} |");
            foreach (var (kind, count) in counts.Errors)
            {
                text.AppendLine($"| {result.Name}: {kind} | | | {count} | | | | | | | | |");
            }
        }

        return text.ToString();
    }

    /// <summary>One object with the results in an array.</summary>
    public static string Json(IEnumerable<ScenarioResult> results) => JsonSerializer.Serialize(
        new
        {
            results = results.Select(result => new
            {
                name = result.Name,
                seconds = result.Seconds,
                succeeded = result.Counts.Succeeded,
                failed = result.Counts.Failed,
                events = result.Counts.Events,
                errors = result.Counts.Errors,
                requestsPerSecond = result.RequestsPerSecond,
                latencyMs = new { p50 = result.Ms(50), p90 = result.Ms(90), p99 = result.Ms(99), p999 = result.Ms(99.9), max = result.Ms(100) },
                serverCpuSeconds = result.ServerCpuSeconds,
                harnessCpuSeconds = result.ClientCpuSeconds,
            }),
        },
        Indented);

    private static string PerUnit(double? cpuSeconds, long units) => cpuSeconds is { } cpu && units > 0 ? $"{cpu * 1e6 / units:0.00}" : "";
}
