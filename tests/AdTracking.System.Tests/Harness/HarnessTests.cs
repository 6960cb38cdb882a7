using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using AdTracking.Testing;
using Confluent.Kafka;

namespace AdTracking.System.Tests.Harness;

/// <summary>What the other tests stand on: brokers, a registry, and that nothing of them is left behind.</summary>
[Collection(RealParts.Name)]
public sealed class HarnessTests(RealParts parts, ITestOutputHelper output)
{
    [RequiresFact(Tool.Kafka)]
    public async Task KafkaCluster_KilledAndRestarted_KeepsWhatItAcknowledged()
    {
        // Its own: the shared broker would have the logs of all other tests to recover before it answers.
        await using var kafka = await KafkaCluster.StartAsync();
        await kafka.CreateTopicsAsync(3, "harness");
        await using var follower = TopicFollower.Start(kafka.BootstrapServers, "harness");
        await ProduceAsync(kafka.BootstrapServers, 30);
        await follower.WaitForCountAsync(30, TimeSpan.FromSeconds(20));
        await kafka.KillAsync();
        await kafka.RestartAsync();

        var records = TopicReader.ReadToEnd(kafka.BootstrapServers, "harness");

        records.Select(record => Encoding.UTF8.GetString(record.Key)).Order().ShouldBe(Enumerable.Range(0, 30).Select(i => $"{i:00}"));
        TopicReader.Count(kafka.BootstrapServers, "harness").ShouldBe(30);
        TestReport.Line(output, $"harness: {records.Count} of 30 records after kill -9 and restart of the broker");
    }

    [RequiresFact(Tool.Registry)]
    public async Task RegistryServer_Started_SpeaksTheConfluentApi()
    {
        var registry = await parts.RegistryAsync();
        using var http = new HttpClient();

        var types = await http.GetFromJsonAsync<string[]>(new Uri($"{registry.Url}/schemas/types"));

        types.ShouldNotBeNull().ShouldContain("AVRO");
    }

    [Fact]
    public async Task Watchdog_Disposed_RunsItsScript()
    {
        using var folder = new TemporaryDirectory("watchdog");
        var watchdog = Watchdog.Start("touch \"$1\"", folder.PathOf("cleaned"));

        await watchdog.DisposeAsync();

        File.Exists(folder.PathOf("cleaned")).ShouldBeTrue();
    }

    [Fact]
    public async Task Watchdog_OfAProcess_KillsItAndRemovesItsFolder()
    {
        using var folder = new TemporaryDirectory("watchdog");
        using var process = Process.Start(new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false })!;
        var watchdog = Watchdog.ForProcess(process, folder.FullPath);

        await watchdog.DisposeAsync();

        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(128 + (int)Signal.Kill);
        Directory.Exists(folder.FullPath).ShouldBeFalse();
    }

    private static async Task ProduceAsync(string bootstrapServers, int count)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = bootstrapServers }).Build();
        for (var i = 0; i < count; i++)
        {
            await producer.ProduceAsync("harness", new Message<string, string> { Key = $"{i:00}", Value = "value" });
        }
    }
}
