using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AdTracking.Emitter.Pipeline;

namespace AdTracking.Gateway.Configuration;

/// <summary>What the pipeline's options are called among the gateway's settings, for problems that the library finds: it names its own
/// options, and an operator knows settings only.</summary>
internal static partial class SettingNames
{
    /// <summary>The setting of each option that has one.</summary>
    public static FrozenDictionary<string, string> OfOption { get; } = new Dictionary<string, string>
    {
        [nameof(PipelineOptions.BootstrapServers)] = "Kafka:BootstrapServers",
        [nameof(PipelineOptions.KafkaProperties)] = "Kafka:Properties",
        [nameof(PipelineOptions.Producer)] = "Kafka:Producer",
        [nameof(PipelineOptions.TickMs)] = "Kafka:TickMs",
        [nameof(PipelineOptions.TickMsMax)] = "Kafka:TickMsMax",
        [nameof(PipelineOptions.InFlightEventsMax)] = "Kafka:InFlightMax",
        [nameof(PipelineOptions.EdgeId)] = "Edge:Id",
        [nameof(PipelineOptions.Topics)] = "Topics",
        [nameof(PipelineOptions.QueueBytesMax)] = "Queue:BytesMax",
        [nameof(PipelineOptions.Lanes)] = "Queue:Lanes",
        [nameof(PipelineOptions.Ack)] = "Http:Ack",
        [nameof(PipelineOptions.RequestDeadline)] = "Http:RequestDeadlineMs",
        [nameof(PipelineOptions.JournalDirectory)] = "Data:Directory",
        [nameof(PipelineOptions.JournalBytesMax)] = "Journal:BytesMax",
        [nameof(PipelineOptions.JournalSegmentBytes)] = "Journal:SegmentBytes",
        [nameof(PipelineOptions.SyncAfterMs)] = "Journal:SyncAfterMs",
        [nameof(PipelineOptions.ReconcileAfterMs)] = "Journal:ReconcileAfterMs",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A problem with settings in place of options. A name that is not in the table stays, and so does one that is a setting
    /// already.</summary>
    public static string Translate(string problem) => OptionName().Replace(problem, name => OfOption.GetValueOrDefault(name.Value, name.Value));

    // A word that stands by itself: the second half of a setting, as in Kafka:TickMs, is none.
    [GeneratedRegex(@"(?<![\w:.])[A-Z]\w*\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OptionName();
}
