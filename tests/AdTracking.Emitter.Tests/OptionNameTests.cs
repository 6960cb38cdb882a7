using System.Text.RegularExpressions;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Tests;

/// <summary>Whoever uses the package reads the names of its options in an error, never a setting of the gateway.</summary>
public sealed partial class OptionNameTests
{
    private static readonly string[] Names = [.. typeof(PipelineOptions).GetProperties().Select(property => property.Name)];

    [Fact]
    public void Validate_EverythingWrong_NamesOptionsAndNoSetting()
    {
        var problems = new PipelineOptions
        {
            BootstrapServers = " ",
            SchemaIds = SchemaIds.Fixed(SchemaIdTable.None),
            KafkaProperties = new Dictionary<string, string>
            {
                ["bootstrap.servers"] = "k",
                ["linger.ms"] = "1",
                ["queue.buffering.max.messages"] = "1",
                ["test.mock.num.brokers"] = "1",
                ["no.such"] = "1",
            },
            Topics = new() { Impression = "same", Click = "same" },
            QueueBytesMax = 1,
            Lanes = 0,
            TickMs = 0,
            TickMsMax = -1,
            InFlightEventsMax = 0,
            InFlightBytesMax = 0,
            SyncAfterMs = 0,
            ReconcileAfterMs = -1,
            JournalSegmentBytes = 1,
            JournalBytesMax = 1,
            Ack = AckLevel.Durable,
            RequestDeadline = TimeSpan.FromSeconds(-1),
        }.Validate();

        problems.Count.ShouldBeGreaterThan(17);
        problems.Where(problem => !Array.Exists(Names, name => problem.StartsWith(name + ":", StringComparison.Ordinal))).ShouldBeEmpty();
        problems.Where(problem => Setting().IsMatch(problem)).ShouldBeEmpty();
    }

    [Fact]
    public void NameOf_ProblemOfThePipeline_HasTheEmittersName() =>
        AdEventEmitterOptions.NameOf("RequestDeadline: must be longer than TickMsMax.").ShouldBe("DeliveryDeadline: must be longer than TickMsMax.");

    [GeneratedRegex("(Journal|Kafka|Queue|Http|Registry|Drain|Limits|Data|Edge):[A-Z]")]
    private static partial Regex Setting();
}
