using System.Collections.Concurrent;
using Confluent.Kafka;

namespace AdTracking.Testing;

/// <summary>Reads topics in the background while a test writes to them. The embedded Kafka keeps 5 MiB a partition: what is not read while
/// it is written may be gone afterwards.</summary>
public sealed class TopicFollower : IAsyncDisposable
{
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<TopicRecord> _records = new();
    private readonly Task _loop;
    private Exception? _failure;

    private TopicFollower(IConsumer<byte[], byte[]> consumer)
    {
        _consumer = consumer;
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What was read until now.</summary>
    public IReadOnlyCollection<TopicRecord> Records => _records;

    /// <summary>Starts reading the topics from their beginning; they must exist.</summary>
    public static TopicFollower Start(string bootstrapServers, params string[] topics)
    {
        var consumer = TopicReader.OpenConsumer(bootstrapServers);
        consumer.Assign(topics.SelectMany(topic => TopicReader.Partitions(bootstrapServers, topic))
            .Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        return new TopicFollower(consumer);
    }

    /// <summary>Waits until at least <paramref name="count"/> records were read.</summary>
    public Task WaitForCountAsync(int count, TimeSpan limit) => Poll.UntilAsync(
        () => _failure is null ? _records.Count >= count : throw new InvalidOperationException("The follower failed.", _failure),
        limit,
        () => $"{count} records in Kafka ({_records.Count} read)");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _consumer.Close();
        _consumer.Dispose();
        _stop.Dispose();
    }

    private void Loop()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var result = _consumer.Consume(TimeSpan.FromMilliseconds(100));
                if (result is { IsPartitionEOF: false })
                {
                    _records.Enqueue(TopicReader.ToRecord(result));
                }
            }
        }
        catch (KafkaException failure)
        {
            _failure = failure;
        }
    }
}
