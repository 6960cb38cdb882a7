using System.Net;
using System.Text;

namespace AdTracking.Hosts.Tests;

/// <summary>Bad events have a share of the queue's memory, and no more.</summary>
public sealed class BadEventShareTests
{
    [Fact]
    public async Task Post_MoreRefusedThanTheirShareHolds_KeepsSomeAndCountsAll()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var refused = Samples.Start("s", ""","ip":1""" + new string(' ', 8_200));
        var batch = $"[{string.Join(',', Enumerable.Repeat(refused, 1_000))}]";

        using var answer = await gateway.PostAsync("/v1/events", Samples.Pack("gzip", Encoding.UTF8.GetBytes(batch)), encoding: "gzip");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var kept = await gateway.MetricAsync("adtracking_bad_events_total{outcome=\"kept\"}");
        kept.ShouldBeGreaterThan(0);
        (kept + await gateway.MetricAsync("adtracking_bad_events_total{outcome=\"dropped\"}")).ShouldBe(1_000);
    }
}
