using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdTracking.Testing;

namespace AdTracking.Gateway.Tests.Admin;

[Collection(SharedGateway.Name)]
public sealed partial class AdminRoutesTests(SharedGateway shared)
{
    private readonly RunningGateway _gateway = shared.Gateway;

    [Theory]
    [InlineData("/live", "live\n")]
    [InlineData("/ready", "ready\n")]
    public async Task Get_WhileAllIsWell_Is200(string path, string body)
    {
        using var answer = await _gateway.Admin.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Fact]
    public async Task Get_Health_NamesNoReasons()
    {
        // It takes events before it has seen Kafka.
        var health = await JsonAsync("/health");
        await Poll.UntilAsync(
            async () => (health = await JsonAsync("/health")).GetProperty("reasons").GetArrayLength() == 0,
            TimeSpan.FromSeconds(60),
            () => $"no reasons in {health}");

        health.GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task Get_VersionAndStatus_AreJson()
    {
        (await JsonAsync("/version")).GetProperty("version").GetString().ShouldStartWith("0.");
        var status = await JsonAsync("/status");
        status.GetProperty("addresses").GetProperty("kafka").GetString().ShouldBe(_gateway.Kafka);
        status.GetProperty("pipeline").GetProperty("blocksMax").GetInt32().ShouldBe(64);
        status.GetProperty("pipeline").GetProperty("topics").EnumerateArray().Select(topic => topic.GetProperty("topic").GetString())
            .ShouldBe(["impression", "click", "engagement", "bad", "audit"]);
    }

    [Fact]
    public async Task Get_Metrics_CountsWhatHappened()
    {
        var accepted = await _gateway.MetricAsync("adtracking_events_total{code=\"accepted\"}");
        var rejected = await _gateway.MetricAsync("adtracking_events_total{code=\"bad_enum\"}");
        var requests = await _gateway.MetricAsync("adtracking_requests_total{route=\"/v1/events\",status=\"200\"}");
        var timed = await _gateway.MetricAsync("adtracking_request_duration_seconds_count{route=\"/v1/events\"}");
        var delivered = await _gateway.MetricAsync("adtracking_deliveries_total{topic=\"ad.impression\",outcome=\"delivered\"}");

        using var answer = await _gateway.PostAsync(
            "/v1/events", $"[{Samples.Impression(Samples.ServingId())},{Samples.Impression("s", ",\"viewability\":\"MAYBE\"")}]");

        (await _gateway.MetricAsync("adtracking_events_total{code=\"accepted\"}")).ShouldBe(accepted + 1);
        (await _gateway.MetricAsync("adtracking_events_total{code=\"bad_enum\"}")).ShouldBe(rejected + 1);
        (await _gateway.MetricAsync("adtracking_requests_total{route=\"/v1/events\",status=\"200\"}")).ShouldBe(requests + 1);
        (await _gateway.MetricAsync("adtracking_request_duration_seconds_count{route=\"/v1/events\"}")).ShouldBe(timed + 1);
        (await _gateway.MetricAsync("adtracking_deliveries_total{topic=\"ad.impression\",outcome=\"delivered\"}")).ShouldBe(delivered + 1);
    }

    [Fact]
    public async Task Get_Metrics_IsPrometheusText()
    {
        using var answer = await _gateway.Admin.GetAsync(new Uri("/metrics", UriKind.Relative));

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        lines.ShouldAllBe(line => Line().IsMatch(line));
        var types = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        types.ShouldBe(types.Distinct());
        string[] wanted =
        [
            "adtracking_ready", "adtracking_queue_size_bytes", "adtracking_queue_oldest_age_seconds", "adtracking_inflight_events",
            "adtracking_deliveries_total", "adtracking_producer_errors_total", "adtracking_bad_events_total", "dotnet_gc_collections_total",
        ];
        wanted.ShouldBeSubsetOf(types);
    }

    [Fact]
    public async Task Get_AdminPathOnThePublicPort_Is404()
    {
        using var answer = await _gateway.Http.GetAsync(new Uri("/health", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var body = JsonDocument.Parse(await _gateway.Admin.GetStringAsync(new Uri(path, UriKind.Relative)));
        return body.RootElement.Clone();
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_:][a-z0-9_:]* .*|[a-z_:][a-z0-9_:]*(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (-?[0-9.E+-]+|NaN|[+-]Inf))$""")]
    private static partial Regex Line();
}
