using System.Text.Json;
using AdTracking.Load.Engine;
using AdTracking.Load.Results;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Tests;

public sealed class ResultTests
{
    [Fact]
    public void Failures_Thresholds_AreThoseThatDoNotHold() => ThresholdCheck.Failures(
        Result(), [new("p50MsMax", 51), new("p99MsMax", 50), new("failedShareMax", 0.01), new("requestsPerSecondMin", 50), new("requestsPerSecondMin", 49)])
        .Select(failure => failure[..failure.IndexOf(':')]).ShouldBe(["p99MsMax 50", "failedShareMax 0.01", "requestsPerSecondMin 50"]);

    [Fact]
    public void Failures_NoLatency_DoesNotHold() => ThresholdCheck.Failures(
        new ScenarioResult("empty", 1, new Recorder(), null, 0), [new("p99MsMax", 1)]).ShouldBe(["p99MsMax 1: measured nothing"]);

    [Fact]
    public void Measure_EveryThresholdName_IsKnown() => ScenarioReader.ThresholdNames.ShouldAllBe(name => Result().Measure(name) > 0);

    [Fact]
    public void Json_Result_HasItsNumbers()
    {
        var result = JsonDocument.Parse(ResultText.Json([Result()])).RootElement.GetProperty("results")[0];

        result.GetProperty("succeeded").GetInt64().ShouldBe(98);
        result.GetProperty("events").GetInt64().ShouldBe(980);
        result.GetProperty("errors").GetProperty("status_503").GetInt64().ShouldBe(2);
        result.GetProperty("latencyMs").GetProperty("max").GetDouble().ShouldBe(100, 0.1);
    }

    [Fact]
    public void Table_Result_HasCpuPerRequestAndEvent() => ResultText.Table([Result()]).ShouldContain("| 5000.00 | 510.20 | 1000.00 |");

    [Fact]
    public void Parse_NameWithParentheses_FindsTheTimes() =>
        ProcessCpu.Parse("12 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0").ShouldBe(2);

    // A hundred requests of 1 to 100 ms in 2 s; the last two were refused.
    private static ScenarioResult Result()
    {
        var counts = new Recorder();
        for (var ms = 1; ms <= 100; ms++)
        {
            counts.Record(Outcome.Answered(ms <= 98 ? 200 : 503), 10, ms / 1000d);
        }

        return new ScenarioResult("one", 2, counts, 0.5, 0.1);
    }
}
