using AdTracking.Testing;

namespace AdTracking.System.Tests.Load;

/// <summary>Mixed events through every way in: what was acknowledged is what stands in Kafka, once, decodable by others.</summary>
[Collection(RealParts.Name)]
public sealed class MixedLoadTests(RealParts parts, ITestOutputHelper output)
{
    private const int PythonSample = 500;

    private static readonly int EventCount = Scale.Of(20_000, 100_000);

    [RequiresFact(Tool.NodePackages, Tool.PythonAvro)]
    public async Task MixedLoad_EmbeddedKafkaAndRegistry_AcknowledgedIsStored()
    {
        var settings = new Dictionary<string, string> { ["Click:AllowedHosts"] = Topics.LandingHost };
        await using var gateway = await GatewayProcess.StartAsync(settings);

        await LoadAndCompareAsync("embedded", gateway, Topics.Default);
    }

    [RequiresFact(Tool.Kafka, Tool.Registry, Tool.NodePackages, Tool.PythonAvro)]
    public async Task MixedLoad_BrokersAndRegistry_AcknowledgedIsStored()
    {
        var topics = new Topics("mixed.");
        await using var three = Scale.IsLong ? await KafkaCluster.StartAsync(3) : null;
        var kafka = three ?? await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        await using var gateway = await GatewayProcess.StartAsync(topics.Settings(kafka.BootstrapServers, registry.Url));

        await LoadAndCompareAsync($"{kafka.BrokerCount} brokers", gateway, topics);
    }

    private async Task LoadAndCompareAsync(string name, GatewayProcess gateway, Topics topics)
    {
        var requests = MixedScript.Create(EventCount, Seeds.Random(output));
        await using var follower = TopicFollower.Start(gateway.Addresses.Kafka, topics.Events);

        var outcome = await LoadDriver.RunAsync(gateway.Http, requests);
        TestReport.Line(output, $"mixed load, {name}: {outcome}");
        outcome.Otherwise.ShouldBeEmpty();
        outcome.Acknowledged.Count.ShouldBe(EventCount);
        await follower.WaitForCountAsync(EventCount, TimeSpan.FromSeconds(30));
        topics.Events.Sum(topic => TopicReader.Count(gateway.Addresses.Kafka, topic)).ShouldBe(EventCount);
        var records = follower.Records.ToList();
        var decoded = await IndependentReader.DecodeAsync(gateway.Addresses.Registry, records);
        TestReport.Line(output, $"mixed load, {name}: {Comparison.ShouldAgree(outcome.Acknowledged, decoded)}");
        await PythonAgreesAsync(name, gateway.Addresses.Registry, records, decoded);

        (await gateway.TerminateAsync()).ShouldBe(0);
    }

    private async Task PythonAgreesAsync(string name, string registry, List<TopicRecord> records, List<DecodedRecord> decoded)
    {
        var sample = Enumerable.Range(0, PythonSample).Select(i => i * (records.Count / PythonSample)).ToList();

        var read = await IndependentReader.DecodeWithPythonAsync(registry, [.. sample.Select(i => records[i])]);

        read.ShouldBe(sample.Select(i => (string[])[decoded[i].EventId, decoded[i].EventName, decoded[i].AdServingId]));
        TestReport.Line(output, $"mixed load, {name}: python3-avro read the same in {read.Count} sampled values");
    }
}
