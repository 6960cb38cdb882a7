using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>What the promises rest on cannot be changed, and everything wrong is named at once.</summary>
public sealed class ProducerSettingsTests
{
    [Theory]
    [InlineData("acks", "1", "must stay all")]
    [InlineData("request.required.acks", "0", "must stay all")]
    [InlineData("enable.idempotence", "false", "must stay true")]
    [InlineData("max.in.flight", "6", "must be 1 to 5")]
    [InlineData("max.in.flight.requests.per.connection", "100", "must be 1 to 5")]
    [InlineData("message.timeout.ms", "30000", "must stay 0")]
    [InlineData("delivery.timeout.ms", "30000", "must stay 0")]
    [InlineData("retries", "0", "cannot be set")]
    [InlineData("message.send.max.retries", "2", "cannot be set")]
    [InlineData("linger.ms", "100", "TickMs")]
    [InlineData("queue.buffering.max.ms", "100", "TickMs")]
    [InlineData("queue.buffering.max.messages", "10", "InFlightEventsMax")]
    [InlineData("bootstrap.servers", "elsewhere:9092", "BootstrapServers")]
    [InlineData("partitioner", "random", "murmur2")]
    [InlineData("transactional.id", "x", "idempotent")]
    [InlineData("enable.ssl.certificate.verification", "false", "certificate is always checked")]
    [InlineData("ssl.endpoint.identification.algorithm", "none", "certificate is always checked")]
    public void Validate_PropertyThatWeakensAPromise_IsRefusedWithItsReason(string name, string value, string reason)
    {
        var problem = Options((name, value)).Validate().ShouldHaveSingleItem();
        problem.ShouldStartWith($"KafkaProperties:{name}: ");
        problem.ShouldContain(reason);
    }

    [Theory]
    [InlineData("acks", "all")]
    [InlineData("acks", "-1")]
    [InlineData("enable.idempotence", "true")]
    [InlineData("max.in.flight", "1")]
    [InlineData("compression.type", "zstd")]
    [InlineData("security.protocol", "SASL_SSL")]
    [InlineData("socket.keepalive.enable", "true")]
    public void Validate_PropertyThatWeakensNothing_IsTaken(string name, string value) =>
        Options((name, value)).Validate().ShouldBeEmpty();

    [Fact]
    public void Validate_SeveralMistakes_AreAllNamed()
    {
        var options = Options(("acks", "1"), ("no.such.property", "1"), ("compression.type", "rar"), ("socket.timeout.ms", "soon"));
        var problems = (options with { TickMs = 0, BootstrapServers = " " }).Validate();
        problems.Count.ShouldBe(6);
        problems.ShouldContain(problem => problem.Contains("no.such.property", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("rar", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.StartsWith("TickMs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_Mistakes_AreTheException()
    {
        var failure = await Should.ThrowAsync<KafkaConfigurationException>(
            () => EventPipeline.StartAsync(Options(("acks", "0"), ("nonsense", "1"))));
        failure.Problems.Count.ShouldBe(2);
    }

    [Fact]
    public void From_PropertiesWithAPrice_Warn()
    {
        _ = Options(("compression.type", "none"), ("batch.size", "10000")).Validate(out _, out var warnings);
        warnings.Count.ShouldBe(2);
    }

    private static PipelineOptions Options(params (string Name, string Value)[] properties) => new()
    {
        BootstrapServers = "localhost:9092",
        Producer = ProducerKind.Librdkafka,
        SchemaIds = SchemaIds.Fixed(SchemaIdTable.None),
        KafkaProperties = properties.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal),
    };
}
