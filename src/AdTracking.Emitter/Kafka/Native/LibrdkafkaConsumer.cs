using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>The calls into librdkafka that reading Kafka's log needs; names and meanings are those of rdkafka.h.</summary>
internal static unsafe partial class LibrdkafkaConsumer
{
    public const int TypeConsumer = 1;
    private const string Library = LibrdkafkaFile.Name;

    static LibrdkafkaConsumer() => LibrdkafkaFile.Choose();

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_log_cb(ConfigurationHandle conf, nint callback);

    [LibraryImport(Library)]
    public static partial int rd_kafka_poll(KafkaHandle kafka, int timeoutMs);

    [LibraryImport(Library)]
    public static partial PartitionList* rd_kafka_topic_partition_list_new(int size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial PartitionOffset* rd_kafka_topic_partition_list_add(PartitionList* list, string topic, int partition);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_partition_list_destroy(PartitionList* list);

    [LibraryImport(Library)]
    public static partial int rd_kafka_offsets_for_times(KafkaHandle kafka, PartitionList* offsets, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int rd_kafka_consume_start(TopicHandle topic, int partition, long offset);

    [LibraryImport(Library)]
    public static partial int rd_kafka_consume_stop(TopicHandle topic, int partition);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consume_batch(TopicHandle topic, int partition, int timeoutMs, NativeMessage** messages, nuint size);

    [LibraryImport(Library)]
    public static partial void rd_kafka_message_destroy(NativeMessage* message);
}
