using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One process's readings of the simulated cluster. Whatever is asked may find nobody there.</summary>
internal sealed class SimKafkaLog(SimKafka kafka, SimRandom random, Func<long> now, SimVariant variant) : IKafkaLog
{
    private readonly long _startedAtMs = now();
    private LogPartition _sought;
    private long _position;

    public string? ClusterId => "simulated";

    /// <summary>Nothing fails any more.</summary>
    public bool IsCalm { get; set; }

    public void ListEnds(ReadOnlySpan<LogPartition> partitions, Span<long> ends, int timeoutMs)
    {
        for (var i = 0; i < partitions.Length; i++)
        {
            ends[i] = IsAway(partitions[i]) ? -1 : End(partitions[i]);
        }
    }

    public void ListStarts(ReadOnlySpan<LogPartition> partitions, Span<long> starts, int timeoutMs)
    {
        for (var i = 0; i < partitions.Length; i++)
        {
            starts[i] = IsAway(partitions[i]) ? -1 : 0;
        }
    }

    public void ListAtTime(ReadOnlySpan<LogPartition> partitions, long unixMs, Span<long> offsets, int timeoutMs)
    {
        for (var i = 0; i < partitions.Length; i++)
        {
            var records = Find(partitions[i]).Records;
            var end = End(partitions[i]);
            var at = 0;
            while (at < end && records[at].UnixMs < unixMs)
            {
                at++;
            }

            offsets[i] = IsAway(partitions[i]) ? -1 : at;
        }
    }

    public Guid TopicId(EventTopic topic, int timeoutMs) => random.OneIn(4) ? Guid.Empty : new Guid((int)topic + 1, 0, 0, new byte[8]);

    public void Seek(LogPartition partition, long offset)
    {
        _sought = partition;
        _position = offset;
    }

    public LogRead Read(Span<EventDigest> digests, int timeoutMs)
    {
        if (IsAway(_sought))
        {
            return new LogRead(0, _position, LogReadStatus.TryAgain);
        }

        var log = Find(_sought);
        var end = log.HighWatermark(now());
        if (_position > end)
        {
            return new LogRead(0, _position, LogReadStatus.TryAgain);
        }

        var count = Math.Min(digests.Length, end - (int)_position);
        if (count > 1 && !IsCalm && random.OneIn(4))
        {
            count = random.Between(1, count);
        }

        for (var i = 0; i < count; i++)
        {
            digests[i] = log.Records[(int)_position + i].Digest;
        }

        _position += count;
        return new LogRead(count, _position, LogReadStatus.Ok);
    }

    public void Dispose()
    {
    }

    private SimPartition Find(LogPartition partition) => kafka[partition.Topic, partition.Partition];

    private bool IsAway(LogPartition partition) =>
        partition.Partition >= kafka.PartitionCount || (!IsCalm && (Find(partition).AwayUntilMs > now() || random.OneIn(16)));

    private int End(LogPartition partition)
    {
        var log = Find(partition);
        var end = log.HighWatermark(now());
        if (variant != SimVariant.StopByTimestamp)
        {
            return end;
        }

        for (var i = 0; i < end; i++)
        {
            if (log.Records[i].UnixMs >= _startedAtMs)
            {
                return i;
            }
        }

        return end;
    }
}
