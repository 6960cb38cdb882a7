using AdTracking.Emitter.Kafka;
using AdTracking.Gateway.Configuration;

namespace AdTracking.Gateway.Backends;

/// <summary>The Kafka that events go to: the one that is configured, or an embedded one.</summary>
internal sealed class KafkaBackend : IDisposable
{
    private readonly EmbeddedKafka? _embedded;

    private KafkaBackend(string bootstrapServers, TopicNames topics, EmbeddedKafka? embedded)
    {
        BootstrapServers = bootstrapServers;
        Topics = topics;
        _embedded = embedded;
    }

    public string BootstrapServers { get; }

    public TopicNames Topics { get; }

    public bool IsEmbedded => _embedded is not null;

    public static KafkaBackend Start(GatewayOptions options)
    {
        var topics = PipelineSettings.Names(options.Topics);
        if (!options.Kafka.IsEmbedded)
        {
            return new KafkaBackend(options.Kafka.BootstrapServers, topics, embedded: null);
        }

        var embedded = EmbeddedKafka.Start(topics, options.Topics.PartitionCount);
        return new KafkaBackend(embedded.BootstrapServers, topics, embedded);
    }

    public void Dispose() => _embedded?.Dispose();
}
