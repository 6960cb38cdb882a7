using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Testing;

/// <summary>Apache Kafka on loopback: one or three real brokers, gone with their data when the test or its process ends.</summary>
public sealed class KafkaCluster : IAsyncDisposable
{
    private readonly Watchdog _watchdog;

    private KafkaCluster(string directory, int brokerCount, string bootstrapServers, Watchdog watchdog)
    {
        Directory = directory;
        BrokerCount = brokerCount;
        BootstrapServers = bootstrapServers;
        _watchdog = watchdog;
    }

    /// <summary>Where the brokers keep configuration, logs and data.</summary>
    public string Directory { get; }

    /// <summary>One or three.</summary>
    public int BrokerCount { get; }

    /// <summary>What clients are given.</summary>
    public string BootstrapServers { get; }

    private static string Script { get; } = Repository.PathOf("eng", "kafka.sh");

    /// <summary>Starts brokers; <paramref name="overrides"/> are further lines of server.properties.</summary>
    public static Task<KafkaCluster> StartAsync(int brokers = 1, params string[] overrides) => StartAsync(brokers, "", overrides);

    /// <summary>Starts one broker with further listeners, such as <c>SSL://127.0.0.1:9093</c>.</summary>
    public static Task<KafkaCluster> StartAsync(IEnumerable<string> listeners, params string[] overrides) =>
        StartAsync(1, string.Join(',', listeners), overrides);

    private static async Task<KafkaCluster> StartAsync(int brokers, string listeners, string[] overrides)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("adtracking-kafka-").FullName;
        var watchdog = Watchdog.Start("\"$1\" stop \"$2\"; rm -rf -- \"$2\"", Script, directory);
        try
        {
            var outcome = await ToolProcess.RunAsync(
                Script,
                ["start", directory, brokers.ToString(), FreePorts.Take(2 * brokers).ToString()],
                TimeSpan.FromSeconds(120),
                new Dictionary<string, string> { ["OVERRIDES"] = string.Join('\n', overrides), ["LISTENERS"] = listeners });
            var servers = outcome.Succeeded("kafka.sh start").Output.Trim().Split('\n')[^1];
            return new KafkaCluster(directory, brokers, servers, watchdog);
        }
        catch
        {
            await watchdog.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process of a broker (1, 2, 3).</summary>
    public int ProcessIdOf(int node) => int.Parse(File.ReadAllText(Path.Combine(Directory, node.ToString(), "Kafka.pid")));

    /// <summary>kill -9 of a broker.</summary>
    public async Task KillAsync(int node = 1) =>
        (await ToolProcess.RunAsync(Script, ["kill", Directory, node.ToString()])).Succeeded("kafka.sh kill");

    /// <summary>Starts a killed broker on its data.</summary>
    public async Task RestartAsync(int node = 1) =>
        (await ToolProcess.RunAsync(Script, ["restart", Directory, node.ToString()], TimeSpan.FromSeconds(330)))
            .Succeeded("kafka.sh restart");

    /// <summary>Makes topics with as many replicas as there are brokers.</summary>
    public async Task CreateTopicsAsync(int partitions, params string[] names)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.CreateTopicsAsync(names.Select(name =>
            new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = (short)BrokerCount }));
    }

    /// <summary>Deletes topics with all that is in them, so that a broker that is killed later need not read it again.</summary>
    public async Task DeleteTopicsAsync(IEnumerable<string> names)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.DeleteTopicsAsync(names, new DeleteTopicsOptions { RequestTimeout = TimeSpan.FromSeconds(30) });
    }

    /// <summary>Sets one entry of a topic's configuration.</summary>
    public async Task ConfigureTopicAsync(string topic, string name, string value)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        var resource = new ConfigResource { Type = ResourceType.Topic, Name = topic };
        var entry = new ConfigEntry { Name = name, Value = value, IncrementalOperation = AlterConfigOpType.Set };
        await admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>> { [resource] = [entry] });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _watchdog.DisposeAsync();
}
