namespace AdTracking.Testing;

/// <summary>Settings of Kafka Connect that land a topic of impressions in an Iceberg table.</summary>
public static class IcebergSink
{
    /// <summary>The worker: Avro values by the registry's ids.</summary>
    public static Dictionary<string, string> Worker(TemporaryDirectory folder, KafkaCluster kafka, RegistryServer registry) => new()
    {
        ["bootstrap.servers"] = kafka.BootstrapServers,
        ["key.converter"] = "org.apache.kafka.connect.storage.StringConverter",
        ["value.converter"] = "io.apicurio.registry.utils.converter.AvroConverter",
        ["value.converter.apicurio.registry.url"] = registry.ApicurioUrl.ToString(),
        ["value.converter.apicurio.registry.as-confluent"] = "true",
        ["value.converter.apicurio.registry.use-id"] = "contentId",
        // The sink looks at its control topic when Connect flushes offsets: once a minute, where nothing is said.
        ["offset.flush.interval.ms"] = "1000",
        ["offset.storage.file.filename"] = folder.PathOf("offsets"),
        ["plugin.path"] = Path.Combine(Tools.KafkaHome!, "connect-plugins"),
        ["listeners"] = $"http://127.0.0.1:{FreePorts.Take()}",
    };

    /// <summary>The connector: table <c>ads.impression</c> in the folder's warehouse.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="topic">The topic of impressions.</param>
    /// <param name="controlTopic">The sink's own topic; it must exist.</param>
    public static Dictionary<string, string> Connector(TemporaryDirectory folder, string topic, string controlTopic) => new()
    {
        ["name"] = topic,
        ["connector.class"] = "org.apache.iceberg.connect.IcebergSinkConnector",
        ["tasks.max"] = "1",
        ["topics"] = topic,
        ["consumer.override.auto.offset.reset"] = "earliest",
        ["iceberg.tables"] = "ads.impression",
        ["iceberg.tables.auto-create-enabled"] = "true",
        ["iceberg.tables.evolve-schema-enabled"] = "true",
        ["iceberg.tables.default-partition-by"] = "days(received_ts)",
        ["iceberg.control.topic"] = controlTopic,
        ["iceberg.control.group-id-prefix"] = "cg-" + controlTopic,
        ["iceberg.control.commit.interval-ms"] = "3000",
        ["iceberg.catalog.type"] = "hadoop",
        ["iceberg.catalog.warehouse"] = $"file://{folder.PathOf("warehouse")}",
    };

    /// <summary>The errors in what a worker wrote.</summary>
    public static string Errors(string file) => !File.Exists(file) ? "" : string.Join('\n', File.ReadLines(file)
        .Where(line => line.Contains("ERROR", StringComparison.Ordinal) || line.Contains("Caused by", StringComparison.Ordinal)).TakeLast(40));
}
