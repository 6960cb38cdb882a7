using System.Net;
using System.Net.Sockets;
using AdTracking.Emitter.Kafka.Native;

namespace AdTracking.Emitter.Kafka;

/// <summary>librdkafka's mock cluster: Kafka's protocol on loopback, for development and tests. Other processes can connect to it. It keeps
/// 5 MiB or 100,000 batches a partition, in memory; it has no admin API, and what it held dies with the process. It has a handle of its
/// own, so that replacing a producer does not end it.</summary>
public sealed unsafe class EmbeddedKafka : IDisposable
{
    private const short ApiKeyProduce = 0;
    private const short ApiKeyFetch = 1;
    private const int KnockMs = 5;
    private readonly KafkaHandle _kafka;
    private readonly IPEndPoint _firstBroker;
    private nint _cluster;

    private EmbeddedKafka(KafkaHandle kafka, nint cluster)
    {
        _kafka = kafka;
        _cluster = cluster;
        BootstrapServers = Librdkafka.Text(Librdkafka.rd_kafka_mock_cluster_bootstraps(cluster));
        _firstBroker = IPEndPoint.Parse(BootstrapServers.Split(',')[0]);
    }

    /// <summary>Where clients connect.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts a cluster with these topics.</summary>
    /// <exception cref="InvalidOperationException">librdkafka could not start it.</exception>
    public static EmbeddedKafka Start(TopicNames topics, int partitionCount, int brokers = 1)
    {
        using var configuration = Librdkafka.rd_kafka_conf_new();
        var text = stackalloc byte[Librdkafka.ErrorTextBytes];
        _ = Librdkafka.rd_kafka_conf_set(configuration, "client.id", "embedded-kafka", text, Librdkafka.ErrorTextBytes);
        _ = Librdkafka.rd_kafka_conf_set(configuration, "log_level", "0", text, Librdkafka.ErrorTextBytes);
        var kafka = Librdkafka.rd_kafka_new(Librdkafka.TypeProducer, configuration, text, Librdkafka.ErrorTextBytes);
        if (kafka.IsInvalid)
        {
            throw new InvalidOperationException("The embedded Kafka could not be started: " + Librdkafka.Text((nint)text));
        }

        configuration.SetHandleAsInvalid();
        var cluster = Librdkafka.rd_kafka_mock_cluster_new(kafka, brokers);
        if (cluster == 0)
        {
            kafka.Dispose();
            throw new InvalidOperationException("The embedded Kafka could not be started: no listener on the loopback address.");
        }

        var embedded = new EmbeddedKafka(kafka, cluster);
        foreach (var topic in topics.All)
        {
            embedded.CreateTopic(topic, partitionCount, brokers);
        }

        return embedded;
    }

    /// <summary>Makes one more topic.</summary>
    public void CreateTopic(string topic, int partitionCount, int replicas = 1)
    {
        var error = Ask(cluster => Librdkafka.rd_kafka_mock_topic_create(cluster, topic, partitionCount, replicas));
        if (error != KafkaErrors.None)
        {
            throw new InvalidOperationException($"The embedded Kafka refuses topic {topic}: {Librdkafka.ErrorText(error)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_cluster == 0)
        {
            return;
        }

        Ask(cluster =>
        {
            Librdkafka.rd_kafka_mock_cluster_destroy(cluster);
            return KafkaErrors.None;
        });
        _cluster = 0;
        _kafka.Dispose();
    }

    /// <summary>Gives a partition a leader (broker ids start at 1).</summary>
    internal void SetLeader(string topic, int partition, int broker) =>
        Ask(cluster => Librdkafka.rd_kafka_mock_partition_set_leader(cluster, topic, partition, broker));

    /// <summary>Answers questions about a topic with this error; 0 for none.</summary>
    internal void SetTopicError(string topic, int error) => Librdkafka.rd_kafka_mock_topic_set_error(_cluster, topic, error);

    /// <summary>Cuts a broker's connections and refuses new ones.</summary>
    internal void StopBroker(int broker) => Ask(cluster => Librdkafka.rd_kafka_mock_broker_set_down(cluster, broker));

    /// <summary>Lets a broker accept connections again.</summary>
    internal void StartBroker(int broker) => Ask(cluster => Librdkafka.rd_kafka_mock_broker_set_up(cluster, broker));

    /// <summary>Delays a broker's answers.</summary>
    internal void SetRoundTripTime(int broker, int milliseconds) =>
        Ask(cluster => Librdkafka.rd_kafka_mock_broker_set_rtt(cluster, broker, milliseconds));

    /// <summary>Answers the next produce requests with these error codes.</summary>
    internal void FailProduceRequests(ReadOnlySpan<int> errors) => FailRequests(ApiKeyProduce, errors);

    /// <summary>Answers the next fetch requests with these error codes.</summary>
    internal void FailFetchRequests(ReadOnlySpan<int> errors) => FailRequests(ApiKeyFetch, errors);

    private void FailRequests(short apiKey, ReadOnlySpan<int> errors)
    {
        fixed (int* codes = errors)
        {
            Librdkafka.rd_kafka_mock_push_request_errors_array(_cluster, apiKey, (nuint)errors.Length, codes);
        }
    }

    // librdkafka's cluster answers what it is asked and then empties the pipe that woke it: a question that comes between the two waits for
    // whatever wakes it next, up to a second. A connection does.
    private int Ask(Func<nint, int> question)
    {
        using var knocks = new Timer(_ => Knock(), null, KnockMs, KnockMs);
        return question(_cluster);
    }

    private void Knock()
    {
        try
        {
            using var socket = new Socket(_firstBroker.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(_firstBroker);
        }
        catch (SocketException)
        {
            // It is down or at its end.
        }
    }
}
