using AdTracking.System.Tests.Load;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Lifecycle;

/// <summary>SIGTERM under load: every event that was acknowledged is in Kafka, and the process ends with 0.</summary>
[Collection(RealParts.Name)]
public sealed class DrainTests(RealParts parts, ITestOutputHelper output)
{
    [RequiresFact(Tool.Kafka, Tool.Registry, Tool.NodePackages)]
    public async Task Terminate_UnderLoad_LosesNothingAcknowledged()
    {
        var topics = new Topics("drain.");
        var kafka = await parts.KafkaAsync();
        var registry = await parts.RegistryAsync();
        await using var gateway = await GatewayProcess.StartAsync(topics.Settings(kafka.BootstrapServers, registry.Url));
        var requests = MixedScript.Create(Scale.Of(40_000, 100_000), Seeds.Random(output));
        await using var follower = TopicFollower.Start(kafka.BootstrapServers, topics.Events);

        var load = LoadDriver.RunAsync(gateway.Http, requests);
        await follower.WaitForCountAsync(5_000, TimeSpan.FromSeconds(30));
        var exitCode = await gateway.TerminateAsync();
        var outcome = await load;

        TestReport.Line(output, $"drain: exit {exitCode}; {outcome}");
        exitCode.ShouldBe(0);
        File.Exists(Path.Combine(gateway.DataDirectory, "gateway.json")).ShouldBeFalse();
        outcome.Otherwise.ShouldNotBeEmpty("the signal came in the middle");
        var records = topics.Events.SelectMany(topic => TopicReader.ReadToEnd(kafka.BootstrapServers, topic)).ToList();
        var decoded = await IndependentReader.DecodeAsync(registry.Url.ToString(), records);
        var acknowledged = outcome.Acknowledged.Except(outcome.Redirected).Select(one => one.Id).ToHashSet();
        var stored = decoded.Select(record => record.EventId).ToList();
        acknowledged.Except(stored).ShouldBeEmpty();
        stored.Count.ShouldBe(stored.Distinct().Count(), "stored twice");
        TestReport.Line(output, $"drain: {acknowledged.Count} acknowledged, {stored.Count} in Kafka, 0 missing, 0 twice");
    }
}
