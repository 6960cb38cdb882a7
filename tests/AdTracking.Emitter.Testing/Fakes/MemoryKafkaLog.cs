using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Reads a <see cref="MemoryLog"/>, as far as it is visible: the high watermark may stand behind the log's end, and lags until the
/// test moves it. Partitions can be away, beginnings deleted, topics made again.</summary>
internal sealed class MemoryKafkaLog(MemoryLog log, int partitionCount) : IKafkaLog
{
    private LogPartition _sought;
    private long _position;

    public string? ClusterId { get; set; } = "memory";

    /// <summary>Partitions of each topic.</summary>
    public int PartitionCount { get; set; } = partitionCount;

    /// <summary>Newest records of every partition that readers do not see yet.</summary>
    public int Hidden { get; set; }

    /// <summary>Partitions that cannot be asked.</summary>
    public HashSet<LogPartition> Away { get; } = [];

    /// <summary>Where logs begin, when not at 0.</summary>
    public Dictionary<LogPartition, long> Starts { get; } = [];

    /// <summary>Topic ids; empty for those that are not here.</summary>
    public Dictionary<EventTopic, Guid> TopicIds { get; } = [];

    /// <summary>The broker cannot look times up.</summary>
    public bool WithoutTimes { get; set; }

    /// <summary>Records that were read.</summary>
    public int RecordsRead { get; private set; }

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
            starts[i] = IsAway(partitions[i]) ? -1 : Start(partitions[i]);
        }
    }

    public void ListAtTime(ReadOnlySpan<LogPartition> partitions, long unixMs, Span<long> offsets, int timeoutMs)
    {
        for (var i = 0; i < partitions.Length; i++)
        {
            var found = WithoutTimes ? Start(partitions[i]) : End(partitions[i]);
            foreach (var record in Visible(partitions[i], Start(partitions[i])))
            {
                if (record.UnixMs >= unixMs)
                {
                    found = Math.Min(found, record.Offset);
                    break;
                }
            }

            offsets[i] = IsAway(partitions[i]) ? -1 : found;
        }
    }

    public Guid TopicId(EventTopic topic, int timeoutMs) => TopicIds.GetValueOrDefault(topic);

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

        if (_position < Start(_sought))
        {
            _position = Start(_sought);
            return new LogRead(0, _position, LogReadStatus.OutOfRange);
        }

        var count = 0;
        foreach (var record in Visible(_sought, _position))
        {
            if (count == digests.Length)
            {
                break;
            }

            digests[count++] = record.Digest;
            _position = record.Offset + 1;
        }

        RecordsRead += count;
        return new LogRead(count, _position, _position > End(_sought) ? LogReadStatus.TryAgain : LogReadStatus.Ok);
    }

    public void Dispose()
    {
    }

    private bool IsAway(LogPartition partition) => partition.Partition >= PartitionCount || Away.Contains(partition);

    private long Start(LogPartition partition) => Starts.GetValueOrDefault(partition);

    private long End(LogPartition partition)
    {
        lock (log.Gate)
        {
            var end = log.Offsets.GetValueOrDefault((partition.Topic, partition.Partition));
            return Math.Max(Start(partition), end - Hidden);
        }
    }

    private List<MemoryRecord> Visible(LogPartition partition, long from)
    {
        var end = End(partition);
        lock (log.Gate)
        {
            return [.. log.Records.Where(record => record.Topic == partition.Topic && record.Partition == partition.Partition
                && record.Offset >= from && record.Offset < end)];
        }
    }
}
