using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Gateway.Configuration;
using AdTracking.Queue;

namespace AdTracking.Gateway.Tests.Configuration;

/// <summary>What the library finds is said in the names of the gateway's settings.</summary>
public sealed class SettingNamesTests
{
    private static readonly string[] Sections = [.. typeof(GatewayOptions).GetProperties().Select(section => section.Name)];
    private static readonly string[] Keys = [.. Setting.All.Select(setting => setting.Key)];

    [Fact]
    public void OfOption_EveryEntry_IsASettingOrASection() => SettingNames.OfOption.Values.Except([.. Keys, .. Sections]).ShouldBeEmpty();

    /// <summary>Everything that has a setting is wrong here; what the library says of it must name the setting.</summary>
    [Fact]
    public void Translate_EveryProblemOfTheLibrary_NamesASetting()
    {
        var options = new PipelineOptions
        {
            BootstrapServers = " ",
            SchemaIds = null!,
            KafkaProperties = new Dictionary<string, string> { ["linger.ms"] = "1", ["no.such.property"] = "1" },
            Topics = new TopicNames { Impression = "same", Click = "same" },
            QueueBytesMax = 1,
            Lanes = 0,
            TickMs = 0,
            TickMsMax = -1,
            InFlightEventsMax = 0,
            SyncAfterMs = 0,
            ReconcileAfterMs = -1,
            JournalSegmentBytes = 1,
            JournalBytesMax = 1,
            Ack = AckLevel.Durable,
            RequestDeadline = TimeSpan.FromSeconds(-1),
        };

        var problems = options.Validate().Select(SettingNames.Translate).ToList();

        problems.Count.ShouldBeGreaterThan(12);
        problems.Where(problem => !Array.Exists(Keys, key => problem.StartsWith(key + ":", StringComparison.Ordinal))
            && !problem.StartsWith("Topics:", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("TickMsMax: must be at least TickMs and at most 1000.", "Kafka:TickMsMax: must be at least Kafka:TickMs and at most 1000.")]
    [InlineData("KafkaProperties:linger.ms: is ours.", "Kafka:Properties:linger.ms: is ours.")]
    [InlineData("JournalBytesMax: must be at least four times JournalSegmentBytes.", "Journal:BytesMax: must be at least four times Journal:SegmentBytes.")]
    [InlineData("InFlightBytesMax: must be at least 1 MiB.", "InFlightBytesMax: must be at least 1 MiB.")]
    [InlineData("Kafka:TickMsMax: must be at least Kafka:TickMs.", "Kafka:TickMsMax: must be at least Kafka:TickMs.")]
    [InlineData("Topics: every topic needs a name of its own.", "Topics: every topic needs a name of its own.")]
    public void Translate_NameThatIsAnOption_BecomesTheSetting(string problem, string translated) =>
        SettingNames.Translate(problem).ShouldBe(translated);
}
