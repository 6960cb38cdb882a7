namespace AdTracking.Soak.Tests;

/// <summary>kill -9 of the gateway under load at the levels that are not the default.</summary>
[Collection(FaultKafka.Name)]
public sealed class KillTests(FaultKafka brokers, ITestOutputHelper output)
{
    [RequiresTheory(Tool.Kafka)]
    [InlineData("kafka", null)]
    [InlineData("journaled", null)]
    [InlineData("kafka", "librdkafka")]
    [InlineData("journaled", "librdkafka")]
    public Task Kill_OtherLevels_NothingMissingNothingTwice(string ack, string? producer) =>
        new KillScenario(brokers, output).RunAsync(ack, Scale.Of(2, 66), producer);
}
