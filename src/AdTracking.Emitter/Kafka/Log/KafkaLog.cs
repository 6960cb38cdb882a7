using System.Buffers.Binary;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Reading;
using AdTracking.Queue;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>Reads the log through librdkafka's consumer, bound directly: a managed consumer leaves about a kilobyte of garbage for each record.
/// One partition at a time, no group. It goes with librdkafka's producer, whose properties it understands.</summary>
internal sealed unsafe class KafkaLog : IKafkaLog
{
    private readonly string _bootstrapServers;
    private readonly IReadOnlyDictionary<string, string> _properties;
    private readonly TopicNames _names;
    private readonly KafkaHandle _kafka;
    private readonly LogReader _reader;
    private string? _clusterId;

    /// <summary>Makes the consumer; it connects by itself, now and after every loss of connection.</summary>
    /// <exception cref="KafkaConfigurationException">librdkafka refuses the settings.</exception>
    public KafkaLog(string bootstrapServers, IReadOnlyDictionary<string, string> properties, TopicNames names)
    {
        _bootstrapServers = bootstrapServers;
        _properties = properties;
        _names = names;
        _kafka = KafkaLogSettings.Create(bootstrapServers, properties);
        _reader = new LogReader(_kafka, names);
    }

    /// <inheritdoc/>
    public string? ClusterId => _clusterId ??= ReadClusterId();

    /// <inheritdoc/>
    public void ListEnds(ReadOnlySpan<LogPartition> partitions, Span<long> ends, int timeoutMs) =>
        List(partitions, ListOffsetsRequest.Latest, ends, Environment.TickCount64 + timeoutMs);

    /// <inheritdoc/>
    public void ListStarts(ReadOnlySpan<LogPartition> partitions, Span<long> starts, int timeoutMs) =>
        List(partitions, ListOffsetsRequest.Earliest, starts, Environment.TickCount64 + timeoutMs);

    /// <inheritdoc/>
    public void ListAtTime(ReadOnlySpan<LogPartition> partitions, long unixMs, Span<long> offsets, int timeoutMs) =>
        LogTimes.List(
            (rows, time, found, leftMs) => List(rows, time, found, Environment.TickCount64 + leftMs), partitions, unixMs, offsets, timeoutMs);

    /// <inheritdoc/>
    public Guid TopicId(EventTopic topic, int timeoutMs)
    {
        var config = new AdminClientConfig(new Dictionary<string, string>(_properties, StringComparer.Ordinal))
        {
            BootstrapServers = _bootstrapServers,
        };
        try
        {
            using var admin = new AdminClientBuilder(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
            var names = TopicCollection.OfTopicNames([_names[topic]]);
            var limit = new DescribeTopicsOptions { RequestTimeout = TimeSpan.FromMilliseconds(Math.Max(1, timeoutMs)) };
            var description = admin.DescribeTopicsAsync(names, limit).GetAwaiter().GetResult().TopicDescriptions[0];
            return ToGuid(description.TopicId);
        }
        catch (KafkaException)
        {
            // Old brokers and the embedded Kafka cannot say; one that is away cannot say now.
            return Guid.Empty;
        }
    }

    /// <inheritdoc/>
    public void Seek(LogPartition partition, long offset) => _reader.Seek(partition, offset);

    /// <inheritdoc/>
    public LogRead Read(Span<EventDigest> digests, int timeoutMs)
    {
        _ = LibrdkafkaConsumer.rd_kafka_poll(_kafka, 0);
        var read = _reader.Read(digests, timeoutMs);
        if (read.Status != LogReadStatus.OutOfRange)
        {
            return read;
        }

        // Below the log's start, or above its end? Only the former is final.
        Span<long> start = stackalloc long[1];
        ListStarts([_reader.Partition], start, timeoutMs);
        if (start[0] <= read.NextOffset)
        {
            return read with { Status = LogReadStatus.TryAgain };
        }

        _reader.Seek(_reader.Partition, start[0]);
        return read with { NextOffset = start[0] };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _kafka.Dispose();
    }

    private static Guid ToGuid(Uuid? id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id?.MostSignificantBits ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id?.LeastSignificantBits ?? 0);
        return new Guid(bytes, bigEndian: true);
    }

    // One question to each leader. When one of them fails, the whole fails: then halves are asked, so that a partition that cannot be
    // listed keeps no other from it, for half of the time that is left.
    private void List(ReadOnlySpan<LogPartition> partitions, long time, Span<long> offsets, long untilMs)
    {
        offsets[..partitions.Length].Fill(LogClient.Unlisted);
        var leftMs = untilMs - Environment.TickCount64;
        if (partitions.IsEmpty || leftMs <= 0)
        {
            return;
        }

        var alone = partitions.Length == 1;
        if (TryList(partitions, time, offsets, (int)(alone ? leftMs : (leftMs + 1) / 2)) || alone)
        {
            return;
        }

        var half = partitions.Length / 2;
        var nowMs = Environment.TickCount64;
        List(partitions[..half], time, offsets, nowMs + ((untilMs - nowMs) / 2));
        List(partitions[half..], time, offsets[half..], untilMs);
    }

    private bool TryList(ReadOnlySpan<LogPartition> partitions, long time, Span<long> offsets, int timeoutMs)
    {
        _ = LibrdkafkaConsumer.rd_kafka_poll(_kafka, 0);
        var list = LibrdkafkaConsumer.rd_kafka_topic_partition_list_new(partitions.Length);
        try
        {
            foreach (var partition in partitions)
            {
                LibrdkafkaConsumer.rd_kafka_topic_partition_list_add(list, _names[partition.Topic], partition.Partition)->Offset = time;
            }

            var error = LibrdkafkaConsumer.rd_kafka_offsets_for_times(_kafka, list, timeoutMs);
            for (var i = 0; i < partitions.Length && error == KafkaErrors.None; i++)
            {
                ref var found = ref list->Items[i];
                offsets[i] = found.Error != KafkaErrors.None ? LogClient.Unlisted : found.Offset >= 0 ? found.Offset : LogClient.None;
            }

            return error is KafkaErrors.None;
        }
        finally
        {
            LibrdkafkaConsumer.rd_kafka_topic_partition_list_destroy(list);
        }
    }

    private string? ReadClusterId()
    {
        var text = Librdkafka.rd_kafka_clusterid(_kafka, 0);
        if (text == 0)
        {
            return null;
        }

        var id = Librdkafka.Text(text);
        Librdkafka.rd_kafka_mem_free(_kafka, text);
        return id;
    }
}
