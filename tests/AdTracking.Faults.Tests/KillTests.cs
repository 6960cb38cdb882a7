namespace AdTracking.Faults.Tests;

/// <summary>kill -9 of the gateway under load at the default level. The soak tests do it at the others.</summary>
[Collection(FaultKafka.Name)]
public sealed class KillTests(FaultKafka brokers, ITestOutputHelper output)
{
    [RequiresFact(Tool.Kafka)]
    public Task Kill_AckDurable_NothingMissingNothingTwice() => new KillScenario(brokers, output).RunAsync("durable", Scale.Of(4, 68));

    [RequiresFact(Tool.Kafka)]
    public Task Kill_Librdkafka_NothingMissingNothingTwice() => new KillScenario(brokers, output).RunAsync("durable", Scale.Of(2, 68), "librdkafka");
}
