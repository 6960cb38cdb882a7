using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using AdTracking.Oracle.Judging;
using AdTracking.Oracle.Minting;
using Confluent.Kafka;

namespace AdTracking.Oracle.Reading;

/// <summary>
/// Reads the three event topics all the time, from their beginning and uncommitted: all that any consumer could ever see. Topics are
/// waited for; a new gateway makes them. The place in every partition is kept here, and not only in the consumer: one that gives a
/// partition up (as librdkafka does for good after some errors) is replaced, and the new one goes on at the same places.
/// </summary>
internal sealed class LogReader : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _bootstrapServers;
    private readonly string[] _topics;
    private readonly Tally _troubles;
    private readonly Dictionary<TopicPartition, long> _next = [];
    private readonly Stopwatch _sinceOpened = Stopwatch.StartNew();
    private IConsumer<byte[], byte[]> _consumer;
    private bool _hasGivenUp;

    private LogReader(string bootstrapServers, string[] topics, int[] partitionCounts, Tally troubles)
    {
        _bootstrapServers = bootstrapServers;
        _topics = topics;
        PartitionCounts = partitionCounts;
        _troubles = troubles;
        for (var i = 0; i < topics.Length; i++)
            for (var p = 0; p < partitionCounts[i]; p++) _next.Add(new TopicPartition(topics[i], p), 0);
        _consumer = Assigned();
    }

    public int[] PartitionCounts { get; }

    /// <summary>Waits until the broker answers and the topics are there.</summary>
    public static LogReader? Open(string bootstrapServers, string[] topics, Tally troubles, CancellationToken stop)
    {
        using var consumer = Consumer(bootstrapServers);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var counts = topics.Select(topic => CountPartitions(consumer, topic)).ToArray();
                if (counts.All(count => count > 0)) return new LogReader(bootstrapServers, topics, counts, troubles);
            }
            catch (KafkaException)
            {
                // Away for the moment; asked again below.
            }

            stop.WaitHandle.WaitOne(250);
        }

        return null;
    }

    /// <summary>The next record, or null when none came within a moment.</summary>
    public StoredRecord? Read(SchemaStore schemas)
    {
        if (_hasGivenUp && _sinceOpened.Elapsed > Pause) OpenAnew();
        ConsumeResult<byte[], byte[]>? result;
        try
        {
            result = _consumer.Consume(TimeSpan.FromMilliseconds(100));
        }
        catch (ConsumeException failure)
        {
            // Nothing is judged by an error: what is not read now is read later, or the run was not read to its end.
            _troubles.Add($"reader: {failure.Error.Code}");
            _hasGivenUp |= failure.Error.IsFatal || failure.Error.Code == ErrorCode.Local_AutoOffsetReset;
            return null;
        }

        if (result?.Message is null) return null;
        _next[result.TopicPartition] = result.Offset.Value + 1;
        var kind = (EventKind)Array.IndexOf(_topics, result.Topic);
        var key = Encoding.UTF8.GetString(result.Message.Key ?? []);
        var (fields, problem) = Decode(result.Message.Value ?? [], schemas);
        return new StoredRecord(kind, result.Partition.Value, result.Offset.Value, key, fields, problem);
    }

    /// <summary>Replaces the consumer; reading goes on where it was in every partition.</summary>
    public void OpenAnew()
    {
        _troubles.Add("reader: opened anew");
        Close();
        _consumer = Assigned();
        _hasGivenUp = false;
        _sinceOpened.Restart();
    }

    /// <summary>
    /// Offsets in the topics, and how many of them reading is away from the ends, behind them or (of a log that was cut off) beyond;
    /// throws while the broker is away.
    /// </summary>
    public (long Held, long Behind) Count()
    {
        long held = 0, behind = 0;
        foreach (var (partition, next) in _next)
        {
            var ends = _consumer.QueryWatermarkOffsets(partition, MetadataTimeout);
            held += ends.High.Value - ends.Low.Value;
            behind += Math.Abs(ends.High.Value - Math.Max(next, ends.Low.Value));
        }

        return (held, behind);
    }

    public void Dispose() => Close();

    private static IConsumer<byte[], byte[]> Consumer(string bootstrapServers) => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = bootstrapServers,
        GroupId = "adtracking-oracle",
        EnableAutoCommit = false,
        IsolationLevel = IsolationLevel.ReadUncommitted,
        AutoOffsetReset = AutoOffsetReset.Error,
        FetchWaitMaxMs = 50,
        ReconnectBackoffMaxMs = 500,
        TopicMetadataRefreshIntervalMs = 2_000,
        CheckCrcs = true,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    // Nothing is ever deleted from these topics: they begin at offset 0.
    private IConsumer<byte[], byte[]> Assigned()
    {
        var consumer = Consumer(_bootstrapServers);
        consumer.Assign(_next.Select(place => new TopicPartitionOffset(place.Key, place.Value)));
        return consumer;
    }

    private void Close()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private static (IReadOnlyDictionary<string, string?> Fields, string? Problem) Decode(byte[] value, SchemaStore schemas)
    {
        try
        {
            if (value.Length < 5 || value[0] != 0) throw new InvalidDataException("not in Confluent's framing");
            return (AvroDatum.Read(value.AsSpan(5), schemas.Get(BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(1)))), null);
        }
        catch (Exception failure) when (failure is InvalidDataException or DecoderFallbackException or IndexOutOfRangeException)
        {
            return (new Dictionary<string, string?>(), $"{failure.Message} in {Convert.ToHexStringLower(value)}");
        }
    }

    private static int CountPartitions(IConsumer<byte[], byte[]> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic, MetadataTimeout).Topics.SingleOrDefault(one => one.Topic == topic);
        return found is null || found.Error.IsError ? 0 : found.Partitions.Count;
    }
}
