using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>The calls into librdkafka that the producer and the embedded Kafka need; names and meanings are those of rdkafka.h and
/// rdkafka_mock.h. The library is the one that Confluent.Kafka brings.</summary>
internal static unsafe partial class Librdkafka
{
    public const int TypeProducer = 0;
    public const int EventDelivery = 0x1;
    public const int EventError = 0x8;
    public const int PurgeQueue = 0x1;
    public const int PurgeInFlight = 0x2;
    public const int StatusPossiblyPersisted = 1;
    public const int ErrorTextBytes = 512;
    private const string Library = LibrdkafkaFile.Name;

    static Librdkafka() => LibrdkafkaFile.Choose();

    [LibraryImport(Library)]
    public static partial nint rd_kafka_version_str();

    [LibraryImport(Library)]
    public static partial nint rd_kafka_err2name(int error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_err2str(int error);

    [LibraryImport(Library)]
    public static partial ConfigurationHandle rd_kafka_conf_new();

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_destroy(nint conf);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_conf_set(ConfigurationHandle conf, string name, string value, byte* errorText, nuint size);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_events(ConfigurationHandle conf, int events);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_socket_cb(
        ConfigurationHandle conf, delegate* unmanaged[Cdecl]<int, int, int, nint, int> callback);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_opaque(ConfigurationHandle conf, nint opaque);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_log_cb(
        ConfigurationHandle conf, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, void> callback);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_opaque(nint kafka);

    [LibraryImport(Library)]
    public static partial KafkaHandle rd_kafka_new(int type, ConfigurationHandle conf, byte* errorText, nuint size);

    [LibraryImport(Library)]
    public static partial void rd_kafka_destroy(nint kafka);

    [LibraryImport(Library)]
    public static partial QueueHandle rd_kafka_queue_get_main(KafkaHandle kafka);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_poll(QueueHandle queue, int timeoutMs);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_yield(QueueHandle queue);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial TopicHandle rd_kafka_topic_new(KafkaHandle kafka, string topic, nint conf);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    [LibraryImport(Library)]
    public static partial int rd_kafka_produce_batch(TopicHandle topic, int partition, int flags, NativeMessage* messages, int count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_purge(KafkaHandle kafka, int flags);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_type(nint @event);

    [LibraryImport(Library)]
    public static partial nuint rd_kafka_event_message_array(nint @event, NativeMessage** messages, nuint size);

    [LibraryImport(Library)]
    public static partial int rd_kafka_message_status(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error(nint @event);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_error_string(nint @event);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error_is_fatal(nint @event);

    [LibraryImport(Library)]
    public static partial void rd_kafka_event_destroy(nint @event);

    [LibraryImport(Library)]
    public static partial int rd_kafka_metadata(KafkaHandle kafka, int allTopics, nint onlyTopic, Metadata** metadata, int timeoutMs);

    [LibraryImport(Library)]
    public static partial void rd_kafka_metadata_destroy(Metadata* metadata);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_clusterid(KafkaHandle kafka, int timeoutMs);

    [LibraryImport(Library)]
    public static partial void rd_kafka_mem_free(KafkaHandle kafka, nint memory);

    // In a callback, on a thread of librdkafka's, which the end of the handle waits for.
    [LibraryImport(Library)]
    public static partial int rd_kafka_test_fatal_error(nint kafka, int error, byte* reason);

    // Everywhere else the handle must not end before the call: whoever hears of the error ends it, and the call goes on after it was told.
    [LibraryImport(Library)]
    public static partial int rd_kafka_test_fatal_error(KafkaHandle kafka, int error, byte* reason);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_mock_cluster_new(KafkaHandle kafka, int brokers);

    [LibraryImport(Library)]
    public static partial void rd_kafka_mock_cluster_destroy(nint cluster);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_mock_partition_set_leader(nint cluster, string topic, int partition, int broker);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void rd_kafka_mock_topic_set_error(nint cluster, string topic, int error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [LibraryImport(Library)]
    public static partial int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [LibraryImport(Library)]
    public static partial void rd_kafka_mock_push_request_errors_array(nint cluster, short apiKey, nuint count, int* errors);

    [LibraryImport(Library)]
    public static partial int rd_kafka_mock_broker_set_rtt(nint cluster, int broker, int milliseconds);

    /// <summary>A string that librdkafka keeps.</summary>
    public static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? string.Empty;

    /// <summary>The name of an error code, without its prefix.</summary>
    public static string ErrorName(int error) => Text(rd_kafka_err2name(error));

    /// <summary>What an error code means.</summary>
    public static string ErrorText(int error) => Text(rd_kafka_err2str(error));
}
