using AdTracking.Emitter.Kafka;
using AdTracking.Testing;

namespace AdTracking.Kafka.Tests;

/// <summary>The sample of docs/emitter.md does what the page says.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task EmitImpressions_AgainstKafkaAndARegistry_PrintsItsOutcomes()
    {
        var topics = new TopicNames();
        using var kafka = EmbeddedKafka.Start(topics, 2);
        using var registry = new FakeRegistryServer();
        var sample = Path.Combine(AppContext.BaseDirectory, "EmitImpressions.dll");
        var outcome = await ToolProcess.RunAsync("dotnet", [sample, kafka.BootstrapServers, registry.Url], TimeSpan.FromSeconds(60));
        outcome.Succeeded("the sample");
        outcome.Output.ShouldContain("impression: delivered as ");
        outcome.Output.ShouldContain("again: delivered, same id: True");
        outcome.Output.ShouldContain("click: invalid: MissingField publisher_id");
        outcome.Output.ShouldContain("engagement: queued");
        TopicReader.Count(kafka.BootstrapServers, topics.Impression).ShouldBe(2);
        TopicReader.Count(kafka.BootstrapServers, topics.Engagement).ShouldBe(1, "disposal delivers what was queued");
    }
}
