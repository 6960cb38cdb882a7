using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Schemas;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Configuration;

/// <summary>The pipeline's options from the gateway's settings. The library checks them; what it finds wrong is said in the settings' names.</summary>
internal static class PipelineSettings
{
    /// <summary>Stands for what is known only when the gateway starts its parts.</summary>
    private const string Later = "later";

    /// <summary>The options that follow from settings alone; the host adds what it starts.</summary>
    public static PipelineOptions Of(GatewayOptions options) => new()
    {
        BootstrapServers = options.Kafka.IsEmbedded ? Later : options.Kafka.BootstrapServers,
        KafkaProperties = options.Kafka.Properties,
        Producer = options.Kafka.Producer,
        ClientId = "adtracking-" + options.Edge.Id,
        EdgeId = options.Edge.Id,
        Topics = Names(options.Topics),
        SchemaIds = SchemaIds.Fixed(SchemaIdTable.None),
        QueueBytesMax = options.Queue.BytesMax,
        Lanes = options.Queue.Lanes == 0 ? Environment.ProcessorCount : options.Queue.Lanes,
        TickMs = options.Kafka.TickMs,
        TickMsMax = options.Kafka.TickMsMax,
        InFlightEventsMax = options.Kafka.InFlightMax,
        Ack = options.Http.Ack,
        JournalDirectory = Later,
        JournalBytesMax = options.Journal.BytesMax,
        JournalSegmentBytes = options.Journal.SegmentBytes,
        SyncAfterMs = options.Journal.SyncAfterMs,
        ReconcileAfterMs = options.Journal.ReconcileAfterMs,
        RequestDeadline = TimeSpan.FromMilliseconds(options.Http.RequestDeadlineMs),
    };

    /// <summary>The topics' names.</summary>
    public static TopicNames Names(TopicOptions topics) => new()
    {
        Impression = topics.Impression,
        Click = topics.Click,
        Engagement = topics.Engagement,
        Bad = topics.Bad,
        Audit = topics.Audit,
    };

    /// <summary>Adds what the library finds wrong, unless the setting has been named already: the gateway's own rules know the values.</summary>
    public static void Check(GatewayOptions options, List<string> problems)
    {
        foreach (var problem in Of(options).Validate().Select(SettingNames.Translate))
        {
            var setting = problem[..problem.IndexOf(": ", StringComparison.Ordinal)];
            if (!problems.Exists(known => known.Contains(setting, StringComparison.Ordinal)))
            {
                problems.Add(problem);
            }
        }
    }
}
