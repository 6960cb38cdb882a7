using System.Text.Json;
using AdTracking.System.Tests.Load;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Clients;

/// <summary>Confluent's own JavaScript client reads our embedded registry and a real one, and reads and writes the events.</summary>
[Collection(RealParts.Name)]
public sealed class ConfluentClientTests(RealParts parts, ITestOutputHelper output)
{
    [RequiresFact(Tool.NodePackages)]
    public Task SchemaRegistryClient_EmbeddedRegistry_ReadsAndWritesEvents() => ReadAndWriteAsync("the embedded registry");

    [RequiresFact(Tool.NodePackages, Tool.Registry)]
    public async Task SchemaRegistryClient_RealRegistry_ReadsAndWritesEvents()
    {
        var registry = await parts.RegistryAsync();
        await ReadAndWriteAsync("a real registry", new() { ["Registry:Url"] = registry.Url.ToString(), ["Registry:AutoRegister"] = "true" });
    }

    private async Task ReadAndWriteAsync(string which, Dictionary<string, string>? settings = null)
    {
        await using var gateway = await GatewayProcess.StartAsync(settings);
        var events = Enumerable.Range(0, 50).Select(i => LoadEvent.Create("impression", i, new Random(i))).ToArray();
        await LoadDriver.RunAsync(gateway.Http, [new LoadRequest(LoadRoute.PostArray, events)], connections: 1);
        var records = TopicReader.ReadToEnd(gateway.Addresses.Kafka, "ad.impression");
        using var folder = new TemporaryDirectory("confluent");
        FrameFile.Write(folder.PathOf("frames"), records.Select(record => record.Value));

        string[] arguments = [gateway.Addresses.Registry.TrimEnd('/'), "ad.impression", folder.PathOf("frames")];
        var outcome = (await ToolProcess.NodeAsync("confluent.mjs", arguments)).Succeeded("confluent.mjs");

        using var json = JsonDocument.Parse(outcome.Output);
        var seen = json.RootElement;
        seen.GetProperty("subjects").EnumerateArray().Select(subject => subject.GetString()!)
            .Where(subject => subject.StartsWith("ad.", StringComparison.Ordinal))
            .ShouldBe(["ad.audit-value", "ad.bad-value", "ad.click-value", "ad.engagement-value", "ad.impression-value"], ignoreOrder: true);
        seen.GetProperty("latest").GetProperty("version").GetInt32().ShouldBe(1);
        seen.GetProperty("lookedUp").GetInt32().ShouldBe(seen.GetProperty("latest").GetProperty("id").GetInt32());
        seen.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("event_id").GetString())
            .ShouldBe(events.Select(one => one.Id), ignoreOrder: true);
        seen.GetProperty("same").GetInt32().ShouldBe(events.Length);
        TestReport.Line(output, $"confluent client at {which}: {records.Count} events read and written again to the same bytes");
    }
}
