using AdTracking.System.Tests.Load;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Clients;

/// <summary>Kafka Connect's Avro converter reads the events with the schemas of either registry.</summary>
[Collection(RealParts.Name)]
public sealed class ConnectConverterTests(RealParts parts, ITestOutputHelper output)
{
    [RequiresFact(Tool.ConnectPlugins, Tool.JavaAvro)]
    public Task AvroConverter_EmbeddedRegistry_ReadsEvents() => ReadAsync(gateway => gateway.Addresses.Registry.TrimEnd('/') + "/apis/registry/v2");

    [RequiresFact(Tool.ConnectPlugins, Tool.JavaAvro, Tool.Registry)]
    public async Task AvroConverter_RealRegistry_ReadsEvents()
    {
        var registry = await parts.RegistryAsync();
        await ReadAsync(_ => registry.ApicurioUrl.ToString(), new() { ["Registry:Url"] = registry.Url.ToString(), ["Registry:AutoRegister"] = "true" });
    }

    private async Task ReadAsync(Func<GatewayProcess, string> address, Dictionary<string, string>? settings = null)
    {
        await using var gateway = await GatewayProcess.StartAsync(settings);
        var events = Enumerable.Range(0, 20).Select(i => LoadEvent.Create("impression", i, new Random(i))).ToArray();
        await LoadDriver.RunAsync(gateway.Http, [new LoadRequest(LoadRoute.PostArray, events)], connections: 1);
        using var folder = new TemporaryDirectory("converter");
        FrameFile.Write(folder.PathOf("frames"), TopicReader.ReadToEnd(gateway.Addresses.Kafka, "ad.impression").Select(record => record.Value));
        var libraries = string.Join(':', ((string[])["connect-plugins/avro-converter", "libs"])
            .Select(path => Path.Combine(Tools.KafkaHome!, path, "*")));
        string[] arguments =
        [
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", libraries, Path.Combine(AppContext.BaseDirectory, "Clients", "Converter.java"),
            address(gateway), "ad.impression", folder.PathOf("frames"),
        ];

        var outcome = (await ToolProcess.RunAsync("java", arguments)).Succeeded("Converter.java");

        var read = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        read.Select(line => line.Split(' ')[0]).ShouldBe(events.Select(one => one.Id), ignoreOrder: true);
        TestReport.Line(output, $"Connect's Avro converter read {read.Length} events, {read[0].Split(' ')[1]} fields each");
    }
}
