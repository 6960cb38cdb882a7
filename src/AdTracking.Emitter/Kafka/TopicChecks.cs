using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Emitter.Kafka;

/// <summary>What topics have to be like, and what they had better be.</summary>
internal static class TopicChecks
{
    // librdkafka's message.max.bytes, which also bounds a batch.
    private const int ProducerBytesDefault = 1_000_000;

    public static void Partitions(TopicAdminOptions options, Dictionary<string, TopicMetadata> found, TopicFindings findings)
    {
        string[] events = [options.Topics.Impression, options.Topics.Click, options.Topics.Engagement];
        TopicMetadata[] known = [.. events.Where(found.ContainsKey).Select(name => found[name])];
        if (known.Select(topic => topic.Partitions.Count).Distinct().Count() > 1)
        {
            var counts = string.Join(", ", known.Select(topic => $"{topic.Topic} {topic.Partitions.Count}"));
            findings.Warnings.Add($"The event topics differ in partitions ({counts}): an impression and its click will not be neighbours.");
        }

        foreach (var topic in found.Values)
        {
            if (topic.Partitions.Count > 0 && topic.Partitions.TrueForAll(partition => partition.Replicas.Length < 2))
            {
                findings.Warnings.Add($"{topic.Topic} has one replica: what it holds is as durable as one disk.");
            }
        }
    }

    public static void Configuration(
        TopicAdminOptions options, string topic, IReadOnlyDictionary<string, ConfigEntryResult> entries, TopicFindings findings)
    {
        var largest = Number(options.KafkaProperties.GetValueOrDefault("message.max.bytes")) ?? ProducerBytesDefault;
        if (Number(Value(entries, "max.message.bytes")) is { } limit)
        {
            if (limit < options.EventBytesMax)
            {
                findings.Problems.Add($"{topic} takes {limit} bytes a batch, an event may have {options.EventBytesMax}: "
                    + $"raise the topic's max.message.bytes or lower the event limit.");
            }
            else if (limit < largest)
            {
                findings.Warnings.Add($"{topic} takes {limit} bytes a batch and the producer makes them up to {largest}: "
                    + $"refused batches are cut and sent again. Set KafkaProperties:message.max.bytes to {limit} or less.");
            }
        }

        if (Value(entries, "min.insync.replicas") == "1")
        {
            findings.Warnings.Add($"{topic} has min.insync.replicas 1: acknowledged may mean one broker only.");
        }

        if (Value(entries, "cleanup.policy")?.Contains("compact", StringComparison.Ordinal) == true)
        {
            findings.Warnings.Add($"{topic} is compacted: of the events with one key it would keep the last.");
        }
    }

    private static string? Value(IReadOnlyDictionary<string, ConfigEntryResult> entries, string name) =>
        entries.TryGetValue(name, out var entry) ? entry.Value : null;

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
