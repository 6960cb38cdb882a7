using System.Text.Json;
using AdTracking.System.Tests.Load;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Archive;

/// <summary>Down the pipe: Kafka Connect lands impressions as Parquet in an Iceberg table; DuckDB counts what was sent.</summary>
[Collection(RealParts.Name)]
public sealed class IcebergTests(RealParts parts, ITestOutputHelper output)
{
    private const int EventCount = 5_000;
    private const int SecondsMax = 90;

    [RequiresFact(Tool.ConnectPlugins, Tool.Registry, Tool.NodePackages)]
    public async Task Connect_IcebergSink_LandsTheSameIdsAndMicros()
    {
        using var folder = new TemporaryDirectory("archive");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        await kafka.CreateTopicsAsync(1, "control-iceberg");
        await using var gateway = await GatewayProcess.StartAsync(Topics.Default.Settings(kafka.BootstrapServers, registry.Url));
        var random = Seeds.Random(output);
        LoadRequest[] requests = [.. Enumerable.Range(0, EventCount).Select(i => LoadEvent.Create("impression", i, random)).Chunk(100)
            .Select(events => new LoadRequest(LoadRoute.PostArray, events))];
        var sent = (await LoadDriver.RunAsync(gateway.Http, requests, connections: 8)).Acknowledged;
        sent.Count.ShouldBe(EventCount);
        await File.WriteAllLinesAsync(
            folder.PathOf("sent.csv"), ["event_id,price_cpm_micros", .. sent.Select(one => $"{one.Id},{one.PriceMicros}")]);

        await using var connect = ConnectWorker.Start(
            folder, IcebergSink.Worker(folder, kafka, registry), IcebergSink.Connector(folder, "ad.impression", "control-iceberg"));
        var outcome = await LandedAsync(folder);

        using var json = JsonDocument.Parse(outcome.Succeeded($"iceberg.mjs\n{IcebergSink.Errors(connect.LogFile)}").Output);
        var landed = json.RootElement;
        TestReport.Line(output, $"iceberg: {outcome.Output.Trim()}");
        landed.GetProperty("landed").GetInt32().ShouldBe(EventCount, IcebergSink.Errors(connect.LogFile));
        landed.GetProperty("distinct_ids").GetInt32().ShouldBe(EventCount);
        landed.GetProperty("missing").GetInt32().ShouldBe(0);
        landed.GetProperty("strange").GetInt32().ShouldBe(0);
        landed.GetProperty("micros_landed").GetInt64().ShouldBe(sent.Sum(one => one.PriceMicros!.Value));
        landed.GetProperty("partitioned_by").GetString().ShouldBe("day(received_ts)");
    }

    private static Task<ProcessOutcome> LandedAsync(TemporaryDirectory folder) => ToolProcess.NodeAsync(
        "iceberg.mjs",
        [folder.PathOf("warehouse/ads/impression"), folder.PathOf("sent.csv"), SecondsMax.ToString()],
        TimeSpan.FromSeconds(SecondsMax + 30));
}
