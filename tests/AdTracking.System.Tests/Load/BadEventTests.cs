using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Load;

/// <summary>Ten bad events among a hundred: the ninety are stored, the ten are named and kept in the bad-events topic.</summary>
[Collection(RealParts.Name)]
public sealed class BadEventTests(RealParts parts, ITestOutputHelper output)
{
    // What is wrong with each bad event: the change, and the field that the answer must name.
    private static readonly (Action<JsonObject> Break, string Field)[] Faults =
    [
        (one => one.Remove("ad_serving_id"), "ad_serving_id"),
        (one => one.Remove("publisher_id"), "publisher_id"),
        (one => one["price_cpm"] = "-1.5", "price_cpm"),
        (one => one["event_name"] = "noSuchEvent", "event_name"),
        (one => one["received_ts"] = 1, "received_ts"),
        (one => one["mtype"] = "two", "mtype"),
        (one => one["crid"] = new string('x', 5_000), "crid"),
        (one => one["event_ts"] = "yesterday", "event_ts"),
        (one => one["impression_type"] = "NO_SUCH_TYPE", "impression_type"),
        (one => one["w"] = 1e12, "w"),
    ];

    [Fact]
    public async Task Post_TenBadAmongHundred_EmbeddedKafkaStoresNinetyAndNamesTen()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        await PostAndCheckAsync("embedded", gateway, Topics.Default);
    }

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Post_TenBadAmongHundred_RealKafkaStoresNinetyAndNamesTen()
    {
        var topics = new Topics("bad.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        await using var gateway = await GatewayProcess.StartAsync(topics.Settings(kafka.BootstrapServers, registry.Url));

        await PostAndCheckAsync("one broker", gateway, topics);
    }

    private async Task PostAndCheckAsync(string name, GatewayProcess gateway, Topics topics)
    {
        var events = new JsonArray([.. Enumerable.Range(0, 100).Select(i => (JsonNode)Event(i))]);
        using var http = new HttpClient();

        using var answer = await http.PostAsJsonAsync(new Uri(gateway.Http, "/v1/events"), events);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        var results = json.RootElement.GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(100);
        results.Count(result => result.GetProperty("outcome").GetString() == "accepted").ShouldBe(90);
        var refused = results.Where(result => result.GetProperty("outcome").GetString() == "rejected").ToList();
        refused.Select(result => result.GetProperty("i").GetInt32()).ShouldBe(Enumerable.Range(0, 10).Select(i => i * 10 + 3));
        refused.Select(result => result.GetProperty("field").GetString()).ShouldBe(Faults.Select(fault => fault.Field));
        // The answer does not wait for the bad events; they come a moment later.
        await using var follower = TopicFollower.Start(gateway.Addresses.Kafka, topics.Bad);
        await follower.WaitForCountAsync(10, TimeSpan.FromSeconds(20));
        TopicReader.Count(gateway.Addresses.Kafka, topics.Impression).ShouldBe(90);
        TopicReader.Count(gateway.Addresses.Kafka, topics.Bad).ShouldBe(10);
        var codes = refused.Select(result => $"{result.GetProperty("field")}: {result.GetProperty("code")}");
        TestReport.Line(output, $"bad events, {name}: 90 stored, 10 in {topics.Bad}; {string.Join(", ", codes)}");
    }

    private static JsonObject Event(int i)
    {
        var one = new JsonObject
        {
            ["event_name"] = "impression",
            ["event_id"] = $"bad-{i}",
            ["ad_serving_id"] = $"as-{i}",
            ["publisher_id"] = "pub-1",
        };
        if (i % 10 == 3)
        {
            Faults[i / 10].Break(one);
        }

        return one;
    }
}
