using Confluent.Kafka;

namespace AdTracking.Oracle.Reading;

/// <summary>Asks the brokers about topics, and never for their records.</summary>
internal sealed class TopicWatch(string bootstrapServers, string[] topics) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly IAdminClient _client = new AdminClientBuilder(new AdminClientConfig
    {
        BootstrapServers = bootstrapServers,
        ReconnectBackoffMaxMs = 500,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <summary>How many partitions each topic has; null until all topics are there and all of their partitions have a leader.</summary>
    public int[]? PartitionCounts()
    {
        try
        {
            var found = topics.Select(CountLed).ToArray();
            return found.All(count => count > 0) ? found : null;
        }
        catch (KafkaException)
        {
            return null; // away for the moment
        }
    }

    public void Dispose() => _client.Dispose();

    private int CountLed(string topic)
    {
        var found = _client.GetMetadata(topic, Timeout).Topics.SingleOrDefault(one => one.Topic == topic);
        return found is null || found.Error.IsError || found.Partitions.Any(one => one.Leader < 0) ? 0 : found.Partitions.Count;
    }
}
