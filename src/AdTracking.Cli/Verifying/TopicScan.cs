using AdTracking.Cli.CommandLine;
using Confluent.Kafka;

namespace AdTracking.Cli.Verifying;

/// <summary>Reads a topic from a time to its end as it is now, without a group.</summary>
internal sealed class TopicScan(string bootstrapServers) : IDisposable
{
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(500);

    private readonly IConsumer<byte[], byte[]> _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = bootstrapServers,
        GroupId = "adtracking-verify", // wanted by the client; never used, since partitions are assigned and nothing is committed
        EnableAutoCommit = false,
        EnablePartitionEof = true,
        FetchWaitMaxMs = 100,
    }).SetLogHandler((_, _) => { }).Build();

    private readonly IAdminClient _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers })
        .SetLogHandler((_, _) => { }).Build();

    /// <summary>Every record that was handed over at <paramref name="from"/> or later. A record's own time is never earlier than its event's.</summary>
    public IEnumerable<ConsumeResult<byte[], byte[]>> Read(string topic, DateTimeOffset from)
    {
        var open = Places(topic, from, out var starts);
        if (open.Count == 0)
        {
            yield break;
        }

        _consumer.Assign(starts);
        while (open.Count > 0)
        {
            var result = Next();
            if (result is null)
            {
                continue;
            }

            if (!open.TryGetValue(result.TopicPartition, out var end))
            {
                continue;
            }

            if (!result.IsPartitionEOF && result.Offset.Value < end)
            {
                yield return result;
            }

            if (result.IsPartitionEOF || result.Offset.Value + 1 >= end)
            {
                open.Remove(result.TopicPartition);
            }
        }

        _consumer.Unassign();
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _admin.Dispose();
    }

    private Dictionary<TopicPartition, long> Places(string topic, DateTimeOffset from, out List<TopicPartitionOffset> starts)
    {
        try
        {
            var found = _admin.GetMetadata(QuestionLimit).Topics.Find(one => one.Topic == topic)
                ?? throw new UnavailableException($"No topic {topic} at {bootstrapServers}.");
            List<TopicPartition> partitions = [.. found.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId))];
            var ends = partitions.ToDictionary(partition => partition, partition => _consumer.QueryWatermarkOffsets(partition, QuestionLimit));
            starts = [.. partitions.Select(partition => new TopicPartitionOffset(partition, ends[partition].Low))];
            if (from > DateTimeOffset.UnixEpoch)
            {
                starts = Later(starts, partitions, from);
            }

            var begin = starts.ToDictionary(start => start.TopicPartition, start => start.Offset.Value);
            starts = [.. starts.Where(start => start.Offset.Value < ends[start.TopicPartition].High.Value)];
            return ends.Where(end => begin[end.Key] < end.Value.High.Value).ToDictionary(end => end.Key, end => end.Value.High.Value);
        }
        catch (KafkaException problem)
        {
            throw new UnavailableException($"Kafka at {bootstrapServers}: {problem.Error.Reason}", problem);
        }
    }

    // A broker that does not look times up, like the embedded one, says "end" for everything: then the topic is read from its start.
    private List<TopicPartitionOffset> Later(List<TopicPartitionOffset> starts, List<TopicPartition> partitions, DateTimeOffset from)
    {
        var stamp = new Timestamp(from.UtcDateTime);
        var later = _consumer.OffsetsForTimes(partitions.Select(partition => new TopicPartitionTimestamp(partition, stamp)), QuestionLimit);
        var first = _consumer.OffsetsForTimes(
            partitions.Select(partition => new TopicPartitionTimestamp(partition, new Timestamp(DateTime.UnixEpoch))), QuestionLimit);
        var knowsTimes = first.Exists(place => place.Offset.Value >= 0);
        if (!knowsTimes)
        {
            return starts;
        }

        var places = later.ToDictionary(place => place.TopicPartition, place => place.Offset.Value);
        return [.. starts.Select(start => new TopicPartitionOffset(
            start.TopicPartition, places.GetValueOrDefault(start.TopicPartition, -1) is var offset and >= 0 ? offset : long.MaxValue))];
    }

    private ConsumeResult<byte[], byte[]>? Next()
    {
        try
        {
            return _consumer.Consume(PollTime);
        }
        catch (ConsumeException problem)
        {
            throw new UnavailableException($"Kafka: {problem.Error.Reason}", problem);
        }
    }
}
