using System.Text.Json;
using AdTracking.System.Tests.Load;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Clients;

/// <summary>A real browser on a page of another origin, and a real VAST player in it.</summary>
public sealed class BrowserTests(ITestOutputHelper output)
{
    [RequiresFact(Tool.NodePackages, Tool.Chromium)]
    public async Task Chromium_PixelBeaconFetchAndClick_AllArrive()
    {
        var landingPort = FreePorts.Take();
        await using var gateway = await StartAsync(landingPort);

        string[] arguments = [Tools.Chromium!, gateway.Http.ToString().TrimEnd('/'), "as-page", landingPort.ToString()];
        var outcome = (await ToolProcess.NodeAsync("page.mjs", arguments)).Succeeded("page.mjs");

        using var json = JsonDocument.Parse(outcome.Output);
        var seen = json.RootElement;
        seen.GetProperty("problems").GetArrayLength().ShouldBe(0, outcome.Output);
        seen.GetProperty("pixel").GetString().ShouldBe("1x1");
        seen.GetProperty("fetch").GetProperty("status").GetInt32().ShouldBe(200, "the page may read the answer: CORS");
        seen.GetProperty("landed").GetString().ShouldBe($"http://127.0.0.1:{landingPort}/landing?from=ad&price=1%2C5");
        var records = await StoredAsync(gateway, 5);
        records.Select(record => $"{record.EventId} {record.EventName} {record.Topic}").Order().ShouldBe(
        [
            "as-page-beacon start ad.engagement",
            "as-page-click click ad.click",
            "as-page-fetch midpoint ad.engagement",
            "as-page-fetch-2 complete ad.engagement",
            "as-page-pixel impression ad.impression",
        ]);
        records.ShouldAllBe(record => record.Key == "as-page");
        TestReport.Line(output, "chromium: pixel, sendBeacon, fetch with preflight (2 events), click with redirect: 5 of 5 stored");
    }

    [RequiresFact(Tool.NodePackages, Tool.Chromium, Tool.SharedData)]
    public async Task VastClient_PlaysSample_EventsArriveUnderVastNames()
    {
        var landingPort = FreePorts.Take();
        await using var gateway = await StartAsync(landingPort);
        var sample = Path.Combine(Tools.SharedData!, "vast", "sample.xml");

        string[] arguments = [Tools.Chromium!, gateway.Http.ToString().TrimEnd('/'), sample, landingPort.ToString()];
        var outcome = (await ToolProcess.NodeAsync("vast.mjs", arguments)).Succeeded("vast.mjs");

        using var json = JsonDocument.Parse(outcome.Output);
        var seen = json.RootElement;
        seen.GetProperty("problems").GetArrayLength().ShouldBe(0, outcome.Output);
        seen.GetProperty("landed").GetString().ShouldBe($"http://127.0.0.1:{landingPort}/landing");
        var asked = seen.GetProperty("asked").GetArrayLength();
        var records = await StoredAsync(gateway, asked);
        string[] expected =
        [
            "click", "click", "click", "close", "complete", "firstQuartile", "impression", "impression", "impression",
            "midpoint", "progress", "progress", "start", "thirdQuartile",
        ];
        records.Select(record => record.EventName).Order(StringComparer.Ordinal).ShouldBe(expected);
        ShouldJoinByAdServingId(records, seen.GetProperty("adServingId").GetString()!);
        TestReport.Line(output, $"vast-client: {asked} trackers fired, {records.Count} events stored: {string.Join(" ", expected)}");
    }

    // The player does not know the AdServingId when it opens the click-through: it says -1 (unknown). That event is kept, under an
    // id of its own and not billable; all others join by the id of the document.
    private static void ShouldJoinByAdServingId(List<DecodedRecord> records, string adServingId)
    {
        var through = records.Single(record => record.EventId == "click-through");
        through.AdServingId.ShouldNotBe("-1");
        through.Key.ShouldNotBe("-1");
        through.Billable.ShouldBe(false);
        records.Where(record => record != through).ShouldAllBe(record => record.AdServingId == adServingId && record.Key == adServingId);
    }

    private static Task<GatewayProcess> StartAsync(int landingPort) =>
        GatewayProcess.StartAsync(new Dictionary<string, string> { ["Click:AllowedHosts"] = $"127.0.0.1:{landingPort}" });

    private static async Task<List<DecodedRecord>> StoredAsync(GatewayProcess gateway, int count)
    {
        await using var follower = TopicFollower.Start(gateway.Addresses.Kafka, Topics.Default.Events);
        await follower.WaitForCountAsync(count, TimeSpan.FromSeconds(20));
        return await IndependentReader.DecodeAsync(gateway.Addresses.Registry, [.. follower.Records]);
    }
}
