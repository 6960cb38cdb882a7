using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Reading;
using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;
using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>Reads the log over connections like those of our own producer. After a power cut millions of records are read beside live
/// traffic: they are hashed where they were unpacked, and leave no garbage.</summary>
internal sealed class AdTrackingLog(IReadOnlyList<ServerAddress> bootstrapServers, ConnectionSettings connections, TopicNames names) : IKafkaLog
{
    private const int FetchBytesMax = 4 * 1024 * 1024;

    // A topic may take larger batches than ours are.
    private const int AnswerBytesMax = 256 * 1024 * 1024;
    private readonly LogClient _client = new(bootstrapServers, connections with { AnswerBytesMax = AnswerBytesMax }, names.All);
    private readonly WireBuffer _fetched = new();
    private readonly RecordBatchReader _batch = new();
    private LogPartition _partition;
    private long _position;
    private int _fetchedRead;
    private bool _isInBatch;

    /// <inheritdoc/>
    public string? ClusterId => _client.ClusterId;

    /// <inheritdoc/>
    public void ListEnds(ReadOnlySpan<LogPartition> partitions, Span<long> ends, int timeoutMs) =>
        List(partitions, ListOffsetsRequest.Latest, ends, timeoutMs);

    /// <inheritdoc/>
    public void ListStarts(ReadOnlySpan<LogPartition> partitions, Span<long> starts, int timeoutMs) =>
        List(partitions, ListOffsetsRequest.Earliest, starts, timeoutMs);

    /// <inheritdoc/>
    public void ListAtTime(ReadOnlySpan<LogPartition> partitions, long unixMs, Span<long> offsets, int timeoutMs) =>
        LogTimes.List(List, partitions, unixMs, offsets, timeoutMs);

    /// <inheritdoc/>
    public Guid TopicId(EventTopic topic, int timeoutMs) => _client.TopicId((int)topic, timeoutMs);

    /// <inheritdoc/>
    public void Seek(LogPartition partition, long offset)
    {
        _partition = partition;
        _position = offset;
        Forget();
    }

    /// <inheritdoc/>
    public LogRead Read(Span<EventDigest> digests, int timeoutMs)
    {
        try
        {
            var count = ReadFetched(digests);
            var error = KafkaError.None;
            if (count == 0)
            {
                Forget();
                error = _client.Fetch((int)_partition.Topic, _partition.Partition, _position, FetchBytesMax, _fetched, timeoutMs).Error;
                count = ReadFetched(digests);
            }

            return error switch
            {
                KafkaError.None => new LogRead(count, _position, LogReadStatus.Ok),
                KafkaError.OffsetOutOfRange => OutOfRange(timeoutMs),
                _ => new LogRead(0, _position, LogReadStatus.TryAgain),
            };
        }
        catch (KafkaProtocolException)
        {
            Forget();
            return new LogRead(0, _position, LogReadStatus.TryAgain);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _fetched.Dispose();
        _batch.Dispose();
    }

    private void Forget()
    {
        _fetched.Clear();
        _fetchedRead = 0;
        _isInBatch = false;
    }

    // The position moves over a batch when all of it was read: over what no reader sees, too.
    private int ReadFetched(Span<EventDigest> digests)
    {
        var count = 0;
        while (count < digests.Length)
        {
            if (!_isInBatch)
            {
                var bytes = _batch.Open(_fetched.Written[_fetchedRead..]);
                if (bytes == 0)
                {
                    break;
                }

                _fetchedRead += bytes;
                _isInBatch = true;
            }

            while (count < digests.Length && (_isInBatch = _batch.TryRead(out var offset, out var key, out var value)))
            {
                if (offset >= _position)
                {
                    _position = offset + 1;
                    digests[count++] = EventDigest.Of(_partition.Topic, key, value);
                }
            }

            _position = _isInBatch ? _position : Math.Max(_position, _batch.NextOffset);
        }

        return count;
    }

    // Below the log's start, or above its end? Only the former is final.
    private LogRead OutOfRange(int timeoutMs)
    {
        Span<long> start = stackalloc long[1];
        ListStarts([_partition], start, timeoutMs);
        if (start[0] <= _position)
        {
            return new LogRead(0, _position, LogReadStatus.TryAgain);
        }

        Seek(_partition, start[0]);
        return new LogRead(0, _position, LogReadStatus.OutOfRange);
    }

    private void List(ReadOnlySpan<LogPartition> partitions, long time, Span<long> offsets, int timeoutMs)
    {
        var rows = new (int Topic, int Partition)[partitions.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = ((int)partitions[i].Topic, partitions[i].Partition);
        }

        _client.List(rows, time, offsets, timeoutMs);
    }
}
