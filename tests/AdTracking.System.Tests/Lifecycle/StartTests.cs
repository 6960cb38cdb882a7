using System.Net;
using System.Net.Http.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Lifecycle;

/// <summary>Starts that are refused, and starts while the registry is away.</summary>
[Collection(RealParts.Name)]
public sealed class StartTests(RealParts parts, ITestOutputHelper output)
{
    private static readonly object Minimal = new { event_name = "impression", ad_serving_id = "as-1", publisher_id = "pub-1" };

    [Fact]
    public async Task Start_SecondGatewayOnSameDirectory_IsRefusedAndHarmsNothing()
    {
        await using var first = await GatewayProcess.StartAsync();
        await using var second = GatewayProcess.Launch(dataDirectory: first.DataDirectory);

        var exitCode = await second.WaitForExitAsync();

        TestReport.Line(output, $"second gateway: exit {exitCode}: {second.Output.Trim().Split('\n')[^1]}");
        exitCode.ShouldBe(74);
        second.Output.ShouldContain(first.DataDirectory);
        (await PostAsync(first)).ShouldBe(HttpStatusCode.OK);
        File.Exists(Path.Combine(first.DataDirectory, "gateway.json")).ShouldBeTrue("it is the first one's");
    }

    [Fact]
    public async Task Start_UnknownAndImpossibleSettings_AreAllListed()
    {
        await using var gateway = GatewayProcess.Launch(new Dictionary<string, string>
        {
            ["Http:Prot"] = "1",
            ["Queue:BytesMax"] = "lots",
            ["Kafka:BootstrapServers"] = "127.0.0.1:1",
        });

        (await gateway.WaitForExitAsync()).ShouldBe(78);

        gateway.Output.ShouldContain("Http:Prot");
        gateway.Output.ShouldContain("Queue:BytesMax");
        gateway.Output.ShouldContain("Registry:", customMessage: "a real Kafka needs a registry, or the embedded one by name");
    }

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Start_RegistryDown_GoesOnFromItsCache()
    {
        using var folder = new TemporaryDirectory("cache");
        var topics = new Topics("cache.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        var (address, port) = Reachable(registry);
        var settings = topics.Settings(kafka.BootstrapServers, address);
        using (new Forwarder(port, registry.Url.Authority))
        await using (var first = await GatewayProcess.StartAsync(settings, folder.PathOf("data")))
        {
            (await first.TerminateAsync()).ShouldBe(0);
        }

        await using var second = await GatewayProcess.StartAsync(settings, folder.PathOf("data"));

        (await PostAsync(second)).ShouldBe(HttpStatusCode.OK);
        TopicReader.Count(kafka.BootstrapServers, topics.Impression).ShouldBe(1);
        TestReport.Line(output, "registry down, cache there: ready, 1 event stored");
    }

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Start_RegistryDownWithoutCache_ListensUnreadyUntilItIsBack()
    {
        var topics = new Topics("nocache.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        var (address, port) = Reachable(registry);
        await using var gateway = GatewayProcess.Launch(topics.Settings(kafka.BootstrapServers, address));
        await gateway.WaitForAddressesAsync();
        using var http = new HttpClient();

        (await PostAsync(gateway)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using (var ready = await http.GetAsync(new Uri(gateway.Admin, "/ready")))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        await gateway.WaitForHealthAsync("registry");
        using var isBack = new Forwarder(port, registry.Url.Authority);
        await gateway.WaitUntilReadyAsync();

        (await PostAsync(gateway)).ShouldBe(HttpStatusCode.OK);
        TestReport.Line(output, "registry down, no cache: 503 and unready with the reason; ready by itself when it came back");
    }

    [RequiresFact(Tool.Kafka, Tool.Registry)]
    public async Task Start_TopicsWithOneReplica_AreWarnedAboutInTheLogAndInHealth()
    {
        var topics = new Topics("weak.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        await using var gateway = await GatewayProcess.StartAsync(topics.Settings(kafka.BootstrapServers, registry.Url));

        // It takes events before it has seen Kafka; the topics are checked after that.
        var health = await gateway.WaitForHealthAsync("\"ready\"");

        string[] warnings = [$"{topics.Click} has one replica", $"{topics.Click} has min.insync.replicas 1"];
        warnings.ShouldAllBe(warning => health.Contains(warning) && gateway.Output.Contains(warning));
    }

    // The registry at a port of its own, on which nobody listens while no forwarder does: a registry that goes away and comes back.
    private static (Uri Address, int Port) Reachable(RegistryServer registry)
    {
        var port = FreePorts.Take();
        return (new UriBuilder(registry.Url) { Port = port }.Uri, port);
    }

    private static async Task<HttpStatusCode> PostAsync(GatewayProcess gateway)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(gateway.Http, "/v1/events"), Minimal);
        return answer.StatusCode;
    }
}
