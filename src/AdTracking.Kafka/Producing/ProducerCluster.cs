using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>What is known of the cluster: brokers, topics, leaders.</summary>
internal sealed class ProducerCluster
{
    private readonly ProducerOptions _options;
    private int _next;

    /// <summary>Knows the bootstrap servers and the topics' names.</summary>
    public ProducerCluster(ProducerOptions options)
    {
        _options = options;
        Topics = [.. options.Topics.Select(name => new ProducerTopic(name))];
        for (var i = 0; i < options.BootstrapServers.Count; i++)
        {
            _ = Broker(-1 - i, options.BootstrapServers[i]);
        }
    }

    /// <summary>Topics, in the order of the options.</summary>
    public ProducerTopic[] Topics { get; }

    /// <summary>The cluster's id, once known.</summary>
    public string? ClusterId { get; private set; }

    /// <summary>Whether what is known should be asked for again.</summary>
    public bool IsStale { get; set; } = true;

    /// <summary>Brokers and bootstrap servers.</summary>
    public List<ProducerBroker> Brokers { get; } = [];

    /// <summary>A broker, or null.</summary>
    public ProducerBroker? Find(int nodeId) => Brokers.Find(broker => broker.NodeId == nodeId);

    /// <summary>The next one to try: brokers and bootstrap servers in turn, as far as they may be tried again.</summary>
    public ProducerBroker? NextToOpen(long nowMs)
    {
        for (var i = 0; i < Brokers.Count; i++)
        {
            var broker = Brokers[(_next + i) % Brokers.Count];
            if (broker.Link is null && nowMs >= broker.OpenAtMs)
            {
                _next = (_next + i + 1) % Brokers.Count;
                return broker;
            }
        }

        return null;
    }

    /// <summary>Takes over an answer. Leaders of an older epoch than the known one are ignored: brokers learn of changes at different times.</summary>
    public void Apply(MetadataResponse response)
    {
        IsStale = response.Error != KafkaError.None;
        if (IsStale)
        {
            return;
        }

        ClusterId ??= response.ClusterId;
        foreach (var broker in response.Brokers)
        {
            Apply(broker);
        }

        foreach (var answer in response.Topics)
        {
            var topic = Array.Find(Topics, topic => topic.Name == answer.Name);
            if (topic is null || answer.Error != KafkaError.None)
            {
                // A topic that never was there is nothing to hurry about: nothing can be handed over for it.
                IsStale |= topic is null || topic.Partitions.Count > 0 || answer.Error != KafkaError.UnknownTopicOrPartition;
                continue;
            }

            Apply(topic, answer);
        }
    }

    /// <summary>Takes over where a leader is (KIP-951, or a list of brokers).</summary>
    public void Apply(BrokerEndpoint endpoint)
    {
        var address = new ServerAddress(endpoint.Host, endpoint.Port);
        var broker = Broker(endpoint.NodeId, address);
        if (broker.Address != address)
        {
            broker.Address = address;
            broker.Link?.Dispose(); // what is under way there is lost like on any other connection
        }
    }

    private void Apply(ProducerTopic topic, TopicMetadata answer)
    {
        if (topic.Id != answer.Id && topic.Id != Guid.Empty)
        {
            topic.Partitions.ForEach(partition => partition.Forget());
        }

        topic.Id = answer.Id;
        foreach (var row in answer.Partitions.OrderBy(row => row.Index))
        {
            if (row.Index == topic.Partitions.Count)
            {
                topic.Partitions.Add(new ProducerPartition(topic, row.Index, NewBackoff()));
            }

            if (row.Index < 0 || row.Index >= topic.Partitions.Count)
            {
                IsStale = true;
                continue;
            }

            var partition = topic.Partitions[row.Index];
            if (row.LeaderEpoch < 0 || row.LeaderEpoch >= partition.LeaderEpoch)
            {
                partition.LeaderId = row.LeaderId;
                partition.LeaderEpoch = row.LeaderEpoch;
            }

            IsStale |= row.LeaderId < 0;
        }
    }

    private ProducerBroker Broker(int nodeId, ServerAddress address)
    {
        var broker = Find(nodeId);
        if (broker is null)
        {
            broker = new ProducerBroker(nodeId, address, NewBackoff());
            Brokers.Add(broker);
        }

        return broker;
    }

    private Backoff NewBackoff() => new(_options.BackoffMs, _options.BackoffMaxMs, _options.Random);
}
