using System.Net.Sockets;
using System.Text.Json;
using AdTracking.Emitter.Kafka;
using AdTracking.Events;
using AdTracking.Gateway.Diagnostics;
using AdTracking.Testing;

namespace AdTracking.Hosts.Tests;

public sealed class GatewayHostTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new("host");

    private string Data => _directory.PathOf("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Start_Embedded_WritesWhereItIsAndRemovesItAtTheEnd()
    {
        await using (var gateway = await RunningGateway.StartInAsync(Data))
        {
            using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "gateway.json")));
            file.RootElement.GetProperty("pid").GetInt32().ShouldBe(Environment.ProcessId);
            file.RootElement.GetProperty("http").GetString().ShouldBe(gateway.Http.BaseAddress!.OriginalString);
            file.RootElement.GetProperty("admin").GetString().ShouldBe(gateway.Admin.BaseAddress!.OriginalString);
            file.RootElement.GetProperty("kafka").GetString().ShouldBe(gateway.Kafka);
            file.RootElement.GetProperty("registry").GetString()!.ShouldStartWith("http://127.0.0.1:");
        }

        File.Exists(Path.Combine(Data, "gateway.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_Twice_KeepsTheSchemaIds()
    {
        await using (await RunningGateway.StartInAsync(Data))
        {
        }

        var before = File.ReadAllText(Path.Combine(Data, "registry", "schemas.json"));
        await using (await RunningGateway.StartInAsync(Data))
        {
        }

        File.ReadAllText(Path.Combine(Data, "registry", "schemas.json")).ShouldBe(before);
    }

    [Fact]
    public async Task Start_DirectoryInUse_IsRefused()
    {
        await using var first = await RunningGateway.StartInAsync(Data);

        var refusal = await Should.ThrowAsync<StartRefusedException>(() => RunningGateway.StartInAsync(Data));

        refusal.Code.ShouldBe(ExitCode.DataDirectory);
        (await first.Admin.GetStringAsync(new Uri("/ready", UriKind.Relative))).ShouldBe("ready\n");
    }

    [Fact]
    public async Task Start_DirectoryOfOthers_IsRefused()
    {
        await using (await RunningGateway.StartInAsync(Data))
        {
        }

        using var kafka = EmbeddedKafka.Start(new TopicNames(), 3);
        var refusal = await Should.ThrowAsync<StartRefusedException>(
            () => RunningGateway.StartInAsync(Data, $"Kafka:BootstrapServers={kafka.BootstrapServers}", "Registry:Embedded=true"));

        refusal.Code.ShouldBe(ExitCode.Configuration);
        refusal.Message.ShouldContain("belongs to Kafka cluster 'embedded'");
    }

    [Fact]
    public async Task Start_PortTaken_IsRefusedAndNamesTheSetting()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var refusal = await Should.ThrowAsync<StartRefusedException>(() => RunningGateway.StartAsync($"Http:Port={port}"));
        var adminRefusal = await Should.ThrowAsync<StartRefusedException>(() => RunningGateway.StartAsync($"Admin:Port={port}"));

        refusal.Code.ShouldBe(ExitCode.Configuration);
        refusal.Message.ShouldStartWith($"Cannot listen on 127.0.0.1:{port}: ");
        refusal.Message.ShouldEndWith("Choose another with --Http:Address= and --Http:Port=");
        adminRefusal.Message.ShouldEndWith("Choose another with --Admin:Port=");
    }

    [Theory]
    [InlineData("Http")]
    [InlineData("Admin")]
    public async Task Start_AddressOfAnotherMachine_IsRefused(string section)
    {
        var refusal = await Should.ThrowAsync<StartRefusedException>(() => RunningGateway.StartAsync($"{section}:Address=203.0.113.5"));

        refusal.Code.ShouldBe(ExitCode.Configuration);
        refusal.Message.ShouldStartWith("Cannot listen on 203.0.113.5:0: ");
    }

    [Fact]
    public async Task Drain_RequestsUnderWay_AreAnsweredAndDelivered()
    {
        await using var gateway = await RunningGateway.StartInAsync(Data, "Kafka:TickMs=200", "Kafka:TickMsMax=200");
        var serving = Samples.ServingId();
        var requests = Enumerable.Range(0, 20).Select(i => gateway.PostAsync("/v1/events", Samples.Impression($"{serving}-{i}"))).ToList();
        await Poll.UntilAsync(() => gateway.Host.Pipeline.Snapshot().Topics[0].Accepted == 20, TimeSpan.FromSeconds(20), () => "20 accepted");

        await gateway.DrainAsync();

        foreach (var request in requests)
        {
            using var answer = await request;
            (await RunningGateway.ResultsOf(answer)).ShouldBe(["0 accepted kafka"]);
        }

        gateway.Stored<AdImpression>("ad.impression", one => one.AdServingId.StartsWith(serving, StringComparison.Ordinal)).Count.ShouldBe(20);
        using var ready = await gateway.Admin.GetAsync(new Uri("/ready", UriKind.Relative));
        ready.IsSuccessStatusCode.ShouldBeFalse();
        await Should.ThrowAsync<HttpRequestException>(() => gateway.Http.GetAsync(new Uri("/robots.txt", UriKind.Relative)));
    }
}
