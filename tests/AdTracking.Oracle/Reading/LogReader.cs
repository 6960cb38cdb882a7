using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using AdTracking.Oracle.Judging;
using AdTracking.Oracle.Minting;
using Confluent.Kafka;

namespace AdTracking.Oracle.Reading;

/// <summary>Reads the three event topics all the time, from their beginning and uncommitted: all that any consumer could ever see. Topics
/// are waited for; a new gateway makes them. The place in every partition is kept here, and not only in the consumer: one that gives a
/// partition up (as librdkafka does for good after some errors) is replaced, and the new one goes on at the same places. One whose brokers
/// are all away is closed, and the next is opened when every partition has a leader again: librdkafka 2.15 may die of the answer to a fetch
/// that names partitions without one (its issue #5280).</summary>
internal sealed class LogReader : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AwayPause = TimeSpan.FromMilliseconds(250);

    private readonly string _bootstrapServers;
    private readonly string[] _topics;
    private readonly TopicWatch _watch;
    private readonly Tally _troubles;
    private readonly CancellationToken _stop;
    private readonly Dictionary<TopicPartition, long> _next = [];
    private readonly Stopwatch _sinceOpened = new();
    private IConsumer<byte[], byte[]>? _consumer;
    private bool _hasGivenUp;
    private volatile bool _areBrokersAway;

    private LogReader(string bootstrapServers, string[] topics, int[] partitionCounts, TopicWatch watch, Tally troubles, CancellationToken stop)
    {
        _bootstrapServers = bootstrapServers;
        _topics = topics;
        PartitionCounts = partitionCounts;
        _watch = watch;
        _troubles = troubles;
        _stop = stop;
        for (var i = 0; i < topics.Length; i++)
        {
            for (var p = 0; p < partitionCounts[i]; p++)
            {
                _next.Add(new TopicPartition(topics[i], p), 0);
            }
        }

        Open();
    }

    public int[] PartitionCounts { get; }

    /// <summary>Waits until the broker answers and the topics are there.</summary>
    public static LogReader? Open(string bootstrapServers, string[] topics, Tally troubles, CancellationToken stop)
    {
        var watch = new TopicWatch(bootstrapServers, topics);
        while (!stop.IsCancellationRequested)
        {
            if (watch.PartitionCounts() is { } counts)
            {
                return new LogReader(bootstrapServers, topics, counts, watch, troubles, stop);
            }

            stop.WaitHandle.WaitOne(AwayPause);
        }

        watch.Dispose();
        return null;
    }

    /// <summary>The next record, or null when none came within a moment.</summary>
    public StoredRecord? Read(SchemaStore schemas)
    {
        if (_areBrokersAway)
        {
            Leave();
        }

        if (_consumer is null && !TryReturn())
        {
            return null;
        }

        if (_hasGivenUp && _sinceOpened.Elapsed > Pause)
        {
            OpenAnew();
        }

        ConsumeResult<byte[], byte[]>? result;
        try
        {
            result = _consumer!.Consume(TimeSpan.FromMilliseconds(100));
        }
        catch (ConsumeException failure)
        {
            // Nothing is judged by an error: what is not read now is read later, or the run was not read to its end.
            _troubles.Add($"reader: {failure.Error.Code}");
            _hasGivenUp |= failure.Error.IsFatal || failure.Error.Code == ErrorCode.Local_AutoOffsetReset;
            return null;
        }

        if (result?.Message is null)
        {
            return null;
        }

        _next[result.TopicPartition] = result.Offset.Value + 1;
        var kind = (EventKind)Array.IndexOf(_topics, result.Topic);
        var key = Encoding.UTF8.GetString(result.Message.Key ?? []);
        var (fields, problem) = Decode(result.Message.Value ?? [], schemas);
        return new StoredRecord(kind, result.Partition.Value, result.Offset.Value, key, fields, problem);
    }

    /// <summary>Replaces the consumer; reading goes on where it was in every partition.</summary>
    public void OpenAnew()
    {
        _troubles.Add("reader: reopened");
        Close();
        Open();
    }

    /// <summary>Offsets in the topics, and how many of them reading is away from the ends, behind them or (of a log that was cut off)
    /// beyond; throws while the broker is away.</summary>
    public (long Held, long Behind) Count()
    {
        if (_consumer is null)
        {
            throw new KafkaException(ErrorCode.Local_AllBrokersDown);
        }

        long held = 0, behind = 0;
        foreach (var (partition, next) in _next)
        {
            var ends = _consumer.QueryWatermarkOffsets(partition, MetadataTimeout);
            held += ends.High.Value - ends.Low.Value;
            behind += Math.Abs(ends.High.Value - Math.Max(next, ends.Low.Value));
        }

        return (held, behind);
    }

    public void Dispose()
    {
        Close();
        _watch.Dispose();
    }

    private IConsumer<byte[], byte[]> Consumer() => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = _bootstrapServers,
        GroupId = "adtracking-oracle",
        EnableAutoCommit = false,
        IsolationLevel = IsolationLevel.ReadUncommitted,
        AutoOffsetReset = AutoOffsetReset.Error,
        FetchWaitMaxMs = 50,
        ReconnectBackoffMaxMs = 500,
        TopicMetadataRefreshIntervalMs = 2_000,
        CheckCrcs = true,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, error) => _areBrokersAway |= error.Code == ErrorCode.Local_AllBrokersDown).Build();

    // Nothing is ever deleted from these topics: they begin at offset 0.
    private void Open()
    {
        _consumer = Consumer();
        _consumer.Assign(_next.Select(place => new TopicPartitionOffset(place.Key, place.Value)));
        _hasGivenUp = false;
        _sinceOpened.Restart();
    }

    private void Leave()
    {
        _troubles.Add("reader: left while the brokers were away");
        Close();
        _areBrokersAway = false;
    }

    private bool TryReturn()
    {
        if (_watch.PartitionCounts() is not null)
        {
            Open();
        }
        else
        {
            _stop.WaitHandle.WaitOne(AwayPause);
        }

        return _consumer is not null;
    }

    private void Close()
    {
        _consumer?.Close();
        _consumer?.Dispose();
        _consumer = null;
    }

    private static (IReadOnlyDictionary<string, string?> Fields, string? Problem) Decode(byte[] value, SchemaStore schemas)
    {
        try
        {
            if (value.Length < 5 || value[0] != 0)
            {
                throw new InvalidDataException("not in Confluent's framing");
            }

            return (AvroDatum.Read(value.AsSpan(5), schemas.Get(BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(1)))), null);
        }
        catch (Exception failure) when (failure is InvalidDataException or DecoderFallbackException or IndexOutOfRangeException)
        {
            return (new Dictionary<string, string?>(), $"{failure.Message} in {Convert.ToHexStringLower(value)}");
        }
    }
}
