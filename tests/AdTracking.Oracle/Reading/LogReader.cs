using System.Buffers.Binary;
using System.Text;
using AdTracking.Oracle.Minting;
using Confluent.Kafka;

namespace AdTracking.Oracle.Reading;

/// <summary>
/// Reads the three event topics all the time, from their beginning and uncommitted: all that any consumer could ever see. Topics are
/// waited for; a new gateway makes them.
/// </summary>
internal sealed class LogReader : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly string[] _topics;
    private readonly int[] _partitionCounts;
    private readonly Dictionary<TopicPartition, long> _next = [];

    private LogReader(IConsumer<byte[], byte[]> consumer, string[] topics, int[] partitionCounts)
    {
        _consumer = consumer;
        _topics = topics;
        _partitionCounts = partitionCounts;
        for (var i = 0; i < topics.Length; i++)
            for (var p = 0; p < partitionCounts[i]; p++) _next.Add(new TopicPartition(topics[i], p), 0);
        consumer.Assign(_next.Keys.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
    }

    public int[] PartitionCounts => _partitionCounts;

    /// <summary>Waits until the broker answers and the topics are there.</summary>
    public static LogReader? Open(string bootstrapServers, string[] topics, CancellationToken stop)
    {
        var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
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
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var counts = topics.Select(topic => CountPartitions(consumer, topic)).ToArray();
                if (counts.All(count => count > 0)) return new LogReader(consumer, topics, counts);
            }
            catch (KafkaException)
            {
                // Away for the moment; asked again below.
            }

            stop.WaitHandle.WaitOne(250);
        }

        consumer.Dispose();
        return null;
    }

    /// <summary>The next record, or null when none came within a moment.</summary>
    public StoredRecord? Read(SchemaStore schemas)
    {
        ConsumeResult<byte[], byte[]>? result;
        try
        {
            result = _consumer.Consume(TimeSpan.FromMilliseconds(100));
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal && failure.Error.Code != ErrorCode.OffsetOutOfRange)
        {
            return null;
        }

        if (result?.Message is null) return null;
        _next[result.TopicPartition] = result.Offset.Value + 1;
        var kind = (EventKind)Array.IndexOf(_topics, result.Topic);
        var key = Encoding.UTF8.GetString(result.Message.Key ?? []);
        var (fields, problem) = Decode(result.Message.Value ?? [], schemas);
        return new StoredRecord(kind, result.Partition.Value, result.Offset.Value, key, fields, problem);
    }

    /// <summary>Offsets in the topics, and how many of them have been read past; throws while the broker is away.</summary>
    public (long Held, long Behind) Count()
    {
        long held = 0, behind = 0;
        foreach (var (partition, next) in _next)
        {
            var ends = _consumer.QueryWatermarkOffsets(partition, MetadataTimeout);
            held += ends.High.Value - ends.Low.Value;
            behind += Math.Max(0, ends.High.Value - Math.Max(next, ends.Low.Value));
        }

        return (held, behind);
    }

    public void Dispose()
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
