using AdTracking.Emitter.Kafka.Native;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>The consumer's settings: what the user passes through for the producer (security above all), and what reading a log to its end needs.</summary>
internal static unsafe class KafkaLogSettings
{
    private static readonly (string Name, string Value)[] Own =
    [
        // Uncommitted, so that the end is the high watermark and not the last stable offset of somebody's transaction.
        ("isolation.level", "read_uncommitted"),
        ("enable.partition.eof", "true"),
        ("enable.auto.commit", "false"),
        ("enable.auto.offset.store", "false"),
        ("auto.offset.reset", "error"),
        ("allow.auto.create.topics", "false"),

        // One partition is read at a time: large answers, and at most 16 MiB of them waiting; look again at once when there is room.
        ("fetch.message.max.bytes", "4194304"),
        ("queued.max.messages.kbytes", "16384"),
        ("queued.min.messages", "100000"),
        ("fetch.queue.backoff.ms", "1"),
        ("fetch.error.backoff.ms", "100"),
        ("fetch.wait.max.ms", "100"),
        ("reconnect.backoff.ms", "50"),
        ("reconnect.backoff.max.ms", "1000"),
    ];

    /// <summary>A consumer. Nobody reads its log: what it cannot do is told by each answer.</summary>
    /// <exception cref="KafkaConfigurationException">librdkafka refuses the settings.</exception>
    public static KafkaHandle Create(string bootstrapServers, IReadOnlyDictionary<string, string> properties)
    {
        var problems = new List<string>();
        var text = stackalloc byte[Librdkafka.ErrorTextBytes];
        using var configuration = Librdkafka.rd_kafka_conf_new();
        foreach ((var name, var value) in properties)
        {
            Set(configuration, name, value, problems);
        }

        Set(configuration, "bootstrap.servers", bootstrapServers, problems);
        foreach ((var name, var value) in Own)
        {
            Set(configuration, name, value, problems);
        }

        LibrdkafkaConsumer.rd_kafka_conf_set_log_cb(configuration, 0);
        var kafka = Librdkafka.rd_kafka_new(LibrdkafkaConsumer.TypeConsumer, configuration, text, Librdkafka.ErrorTextBytes);
        if (kafka.IsInvalid)
        {
            problems.Add("Kafka: " + Librdkafka.Text((nint)text));
        }
        else
        {
            configuration.SetHandleAsInvalid();
        }

        if (problems.Count == 0)
        {
            return kafka;
        }

        kafka.Dispose();
        throw new KafkaConfigurationException(problems);
    }

    private static void Set(ConfigurationHandle configuration, string name, string value, List<string> problems)
    {
        var text = stackalloc byte[Librdkafka.ErrorTextBytes];
        if (Librdkafka.rd_kafka_conf_set(configuration, name, value, text, Librdkafka.ErrorTextBytes) != 0)
        {
            problems.Add($"KafkaProperties:{name}: {Librdkafka.Text((nint)text)}");
        }
    }
}
