using System.Net;
using System.Text.Json;
using AdTracking.Events;
using AdTracking.Testing;

namespace AdTracking.Hosts.Tests;

public sealed class LedgerRouteTests
{
    /// <summary>publisher-1 is in bucket b05; the hash never changes.</summary>
    [Fact]
    public async Task Get_Ledger_AccountsForWhatCameIn()
    {
        await using var gateway = await RunningGateway.StartAsync("Click:AllowedHosts=shop.example");
        using (await gateway.PostAsync("/v1/events", $"[{Samples.Impression("s-1")},{Samples.Impression("s-2")},{Samples.Impression("s-3", ",\"ip\":1")}]"))
        using (await gateway.PostAsync("/v1/events", "{not json"))
        using (await gateway.PostAsync("/v1/events", "x", "image/png"))
        using (await gateway.Http.GetAsync(new Uri("/v1/c?asid=s&pub=p", UriKind.Relative)))
        {
            await gateway.BadEventsAsync(3, _ => true);
        }

        var account = await JsonAsync(gateway, "/ledger");
        account.GetProperty("edgeId").GetString().ShouldBe("edge-1");
        var totals = account.GetProperty("totals").EnumerateArray().ToList();
        Sum(totals, "impression", "received").ShouldBe(3);
        Rejected(totals, "impression", "reserved_field").ShouldBe(1);
        Rejected(totals, "unknown", "malformed_json").ShouldBe(1);
        Rejected(totals, "unknown", "unsupported_media_type").ShouldBe(1);
        Rejected(totals, "click", "click_target_missing").ShouldBe(1);
        Sum(totals, "bad", "received").ShouldBe(3);
        account.GetProperty("minutes").GetArrayLength().ShouldBeInRange(1, 2);
        (await gateway.MetricAsync("adtracking_ledger_rejected_total{class=\"unknown\",code=\"malformed_json\"}")).ShouldBe(1);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2881")]
    [InlineData("x")]
    public async Task Get_LedgerOfImpossibleMinutes_Is400(string minutes)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Admin.GetAsync(new Uri($"/ledger?minutes={minutes}", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Drain_Ledger_IsPublishedAsFinal()
    {
        using var directory = new TemporaryDirectory("gateway");
        await using var gateway = await RunningGateway.StartInAsync(directory.PathOf("data"));
        using (await gateway.PostAsync("/v1/events", Samples.Impression("s-1")))
        {
            await gateway.DrainAsync();
        }

        var entry = gateway.Stored<LedgerEntry>("ad.audit", _ => true).ShouldHaveSingleItem();
        entry.EventClass.ShouldBe(LedgerClass.Impression);
        entry.State.ShouldBe(LedgerState.Closed);
        entry.Received.ShouldBe(1);
        File.Exists(Path.Combine(directory.PathOf("data"), "ledger.json")).ShouldBeFalse();
    }

    private static long Sum(List<JsonElement> cells, string of, string column) =>
        cells.Where(cell => cell.GetProperty("class").GetString() == of).Sum(cell => cell.GetProperty(column).GetInt64());

    private static long Rejected(List<JsonElement> cells, string of, string code) => cells
        .Where(cell => cell.GetProperty("class").GetString() == of)
        .Sum(cell => cell.GetProperty("rejected").TryGetProperty(code, out var count) ? count.GetInt64() : 0);

    private static async Task<JsonElement> JsonAsync(RunningGateway gateway, string path)
    {
        using var body = JsonDocument.Parse(await gateway.Admin.GetStringAsync(new Uri(path, UriKind.Relative)));
        return body.RootElement.Clone();
    }
}
