namespace AdTracking.Emitter;

/// <summary>
/// librdkafka's mock cluster: Kafka's protocol on loopback, for development and tests. Other processes can connect to it. It keeps
/// 5 MiB or 100,000 batches a partition, in memory; it has no admin API, and what it held dies with the process.
/// It has a handle of its own, so that replacing a producer does not end it.
/// </summary>
public sealed unsafe class EmbeddedKafka : IDisposable
{
    private const short ApiKeyProduce = 0;
    private const short ApiKeyFetch = 1;
    private readonly KafkaHandle _kafka;
    private nint _cluster;

    private EmbeddedKafka(KafkaHandle kafka, nint cluster)
    {
        _kafka = kafka;
        _cluster = cluster;
        BootstrapServers = Librdkafka.Text(Librdkafka.rd_kafka_mock_cluster_bootstraps(cluster));
    }

    /// <summary>Where clients connect.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts a cluster with these topics.</summary>
    /// <exception cref="InvalidOperationException">librdkafka could not start it.</exception>
    public static EmbeddedKafka Start(TopicNames topics, int partitionCount, int brokers = 1)
    {
        using ConfigurationHandle configuration = Librdkafka.rd_kafka_conf_new();
        byte* text = stackalloc byte[Librdkafka.ErrorTextBytes];
        _ = Librdkafka.rd_kafka_conf_set(configuration, "client.id", "embedded-kafka", text, Librdkafka.ErrorTextBytes);
        _ = Librdkafka.rd_kafka_conf_set(configuration, "log_level", "0", text, Librdkafka.ErrorTextBytes);
        KafkaHandle kafka = Librdkafka.rd_kafka_new(Librdkafka.TypeProducer, configuration, text, Librdkafka.ErrorTextBytes);
        if (kafka.IsInvalid)
            throw new InvalidOperationException("The embedded Kafka could not be started: " + Librdkafka.Text((nint)text));
        configuration.SetHandleAsInvalid();
        nint cluster = Librdkafka.rd_kafka_mock_cluster_new(kafka, brokers);
        if (cluster == 0)
        {
            kafka.Dispose();
            throw new InvalidOperationException("The embedded Kafka could not be started: no listener on the loopback address.");
        }

        var embedded = new EmbeddedKafka(kafka, cluster);
        foreach (string topic in topics.All)
            embedded.CreateTopic(topic, partitionCount, brokers);
        return embedded;
    }

    /// <summary>Makes one more topic.</summary>
    public void CreateTopic(string topic, int partitionCount, int replicas = 1)
    {
        int error = Librdkafka.rd_kafka_mock_topic_create(_cluster, topic, partitionCount, replicas);
        if (error != KafkaErrors.None)
            throw new InvalidOperationException($"The embedded Kafka refuses topic {topic}: {Librdkafka.ErrorText(error)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_cluster == 0)
            return;
        Librdkafka.rd_kafka_mock_cluster_destroy(_cluster);
        _cluster = 0;
        _kafka.Dispose();
    }

    /// <summary>Gives a partition a leader (broker ids start at 1).</summary>
    internal void SetLeader(string topic, int partition, int broker) =>
        _ = Librdkafka.rd_kafka_mock_partition_set_leader(_cluster, topic, partition, broker);

    /// <summary>Answers questions about a topic with this error; 0 for none.</summary>
    internal void SetTopicError(string topic, int error) => Librdkafka.rd_kafka_mock_topic_set_error(_cluster, topic, error);

    /// <summary>Cuts a broker's connections and refuses new ones.</summary>
    internal void StopBroker(int broker) => _ = Librdkafka.rd_kafka_mock_broker_set_down(_cluster, broker);

    /// <summary>Lets a broker accept connections again.</summary>
    internal void StartBroker(int broker) => _ = Librdkafka.rd_kafka_mock_broker_set_up(_cluster, broker);

    /// <summary>Delays a broker's answers.</summary>
    internal void SetRoundTripTime(int broker, int milliseconds) =>
        _ = Librdkafka.rd_kafka_mock_broker_set_rtt(_cluster, broker, milliseconds);

    /// <summary>Answers the next produce requests with these error codes.</summary>
    internal void FailProduceRequests(ReadOnlySpan<int> errors) => FailRequests(ApiKeyProduce, errors);

    /// <summary>Answers the next fetch requests with these error codes.</summary>
    internal void FailFetchRequests(ReadOnlySpan<int> errors) => FailRequests(ApiKeyFetch, errors);

    private void FailRequests(short apiKey, ReadOnlySpan<int> errors)
    {
        fixed (int* codes = errors)
            Librdkafka.rd_kafka_mock_push_request_errors_array(_cluster, apiKey, (nuint)errors.Length, codes);
    }
}
