using System.Diagnostics;
using Confluent.Kafka;

namespace AdTracking.Testing;

/// <summary>Reads topics by bytes, from their beginning, without a consumer group.</summary>
public static class TopicReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>All that stands in a topic between its start and its end as listed now.</summary>
    public static List<TopicRecord> ReadToEnd(string bootstrapServers, string topic, TimeSpan? limit = null)
    {
        using var consumer = OpenConsumer(bootstrapServers);
        var open = Ends(consumer, bootstrapServers, topic);
        consumer.Assign(open.Keys.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var records = new List<TopicRecord>();
        var clock = Stopwatch.StartNew();
        while (open.Count > 0)
        {
            if (clock.Elapsed > (limit ?? TimeSpan.FromSeconds(60)))
            {
                throw new TimeoutException($"{topic}: {records.Count} records read, not at the end of {string.Join(", ", open.Keys)}");
            }

            var result = consumer.Consume(TimeSpan.FromMilliseconds(200));
            if (result is null)
            {
                continue;
            }

            if (!result.IsPartitionEOF)
            {
                records.Add(ToRecord(result));
            }
            // The position decides, not the record's offset: transaction markers take offsets too.
            if (open.TryGetValue(result.TopicPartition, out var end) && (result.IsPartitionEOF || result.Offset.Value + 1 >= end))
            {
                open.Remove(result.TopicPartition);
            }
        }

        return records;
    }

    /// <summary>The number of offsets in a topic.</summary>
    public static long Count(string bootstrapServers, string topic)
    {
        using var consumer = OpenConsumer(bootstrapServers);
        return Partitions(bootstrapServers, topic)
            .Select(partition => Watermarks(consumer, partition))
            .Sum(offsets => offsets.High.Value - offsets.Low.Value);
    }

    /// <summary>The partitions of a topic, from the cluster's metadata.</summary>
    public static IReadOnlyList<TopicPartition> Partitions(string bootstrapServers, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        var metadata = admin.GetMetadata(topic, Limit).Topics.Single();
        if (metadata.Error.IsError)
        {
            throw new InvalidOperationException($"{topic}: {metadata.Error.Reason}");
        }

        return [.. metadata.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId))];
    }

    internal static IConsumer<byte[], byte[]> OpenConsumer(string bootstrapServers) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "adtracking-tests",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            IsolationLevel = IsolationLevel.ReadCommitted,
            FetchWaitMaxMs = 50,
        }).SetLogHandler((_, _) => { }).Build();

    internal static TopicRecord ToRecord(ConsumeResult<byte[], byte[]> result) => new(
        result.Topic,
        result.Partition.Value,
        result.Offset.Value,
        result.Message.Key ?? [],
        result.Message.Value ?? [],
        result.Message.Timestamp.UtcDateTime,
        result.Message.Headers?.Count ?? 0);

    private static Dictionary<TopicPartition, long> Ends(IConsumer<byte[], byte[]> consumer, string bootstrapServers, string topic)
    {
        var ends = new Dictionary<TopicPartition, long>();
        foreach (var partition in Partitions(bootstrapServers, topic))
        {
            var offsets = Watermarks(consumer, partition);
            if (offsets.High.Value > offsets.Low.Value)
            {
                ends.Add(partition, offsets.High.Value);
            }
        }

        return ends;
    }

    // A broker that was started again listens before it leads its partitions: then it is asked again.
    private static WatermarkOffsets Watermarks(IConsumer<byte[], byte[]> consumer, TopicPartition partition)
    {
        using var pause = new ManualResetEventSlim();
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                return consumer.QueryWatermarkOffsets(partition, Limit);
            }
            catch (KafkaException failure) when (
                failure.Error.Code is ErrorCode.NotLeaderForPartition or ErrorCode.LeaderNotAvailable && clock.Elapsed < Limit)
            {
                pause.Wait(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
