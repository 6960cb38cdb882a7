using System.Runtime.InteropServices;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Emitter.Logging;
using AdTracking.Queue;
using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Kafka;

/// <summary>The lean binding: one librdkafka producer whose messages stay in our memory, and whose delivery reports are read as event
/// arrays. The shipper hands over and the delivery thread polls; nothing else is called from two threads at once.</summary>
internal sealed unsafe class KafkaProducer : IEventProducer
{
    private const int PointersMax = 1_024;
    private readonly KafkaHandle _kafka;
    private readonly QueueHandle _queue;
    private readonly TopicHandle?[] _topics;
    private readonly TopicNames _names;
    private readonly NativeMessage** _reported;
    private readonly ILogger _logger;
    private readonly ProducerLog _native;
    private readonly LineLimiter _lines;
    private nint _event;
    private string? _fatalReason;
    private string? _clusterId;

    /// <summary>Makes the producer; it connects by itself, now and after every loss of connection. Asks Kafka for the topics that are
    /// written to, and for another one only when an event of it comes: some clusters make whatever topic they are asked for.</summary>
    /// <exception cref="KafkaConfigurationException">librdkafka refuses the settings.</exception>
    public KafkaProducer(
        ProducerSettings settings, TopicNames names, IEnumerable<EventTopic> written, ILogger logger, TimeProvider? clock = null)
    {
        _logger = logger;
        clock ??= TimeProvider.System;
        _lines = new LineLimiter(clock);
        _names = names;
        _kafka = settings.Create(new Clock(clock), out _native);
        _queue = Librdkafka.rd_kafka_queue_get_main(_kafka);
        _topics = new TopicHandle?[EventTopics.Count];
        foreach (var topic in written)
        {
            Handle(topic);
        }

        _reported = (NativeMessage**)NativeMemory.Alloc(PointersMax, (nuint)sizeof(nint));
    }

    /// <inheritdoc/>
    public string? FatalReason => Volatile.Read(ref _fatalReason);

    /// <inheritdoc/>
    public string? ClusterId => Volatile.Read(ref _clusterId);

    /// <inheritdoc/>
    public bool IsRetrying => _native.Epoch.IsRetrying;

    /// <inheritdoc/>
    public void ForgetRetries(long beforeMs) => _native.Epoch.Forget(beforeMs);

    /// <inheritdoc/>
    public int Produce(EventTopic topic, int partition, Span<NativeMessage> events)
    {
        // No flags: nothing is copied and nothing is freed. No RD_KAFKA_MSG_F_PARTITION: see PartitionSender.
        fixed (NativeMessage* messages = events)
        {
            return Librdkafka.rd_kafka_produce_batch(Handle(topic), partition, 0, messages, events.Length);
        }
    }

    /// <inheritdoc/>
    public int Poll(Span<DeliveryReport> reports, int timeoutMs)
    {
        var count = 0;
        WriteLog();
        while (count < reports.Length)
        {
            if (_event == 0 && (_event = Librdkafka.rd_kafka_queue_poll(_queue, timeoutMs)) == 0)
            {
                break;
            }

            timeoutMs = 0;
            switch (Librdkafka.rd_kafka_event_type(_event))
            {
                case Librdkafka.EventDelivery:
                    var read = Read(reports[count..]);
                    count += read;
                    if (count == reports.Length)
                    {
                        return count;
                    }

                    break;
                case Librdkafka.EventError:
                    OnError();
                    break;
                default:
                    break;
            }

            EndEvent();
        }

        return count;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        try
        {
            Librdkafka.rd_kafka_queue_yield(_queue);
        }
        catch (ObjectDisposedException)
        {
            // It is being replaced: nobody waits in it.
        }
    }

    /// <inheritdoc/>
    public void Purge() => _ = Librdkafka.rd_kafka_purge(_kafka, Librdkafka.PurgeQueue | Librdkafka.PurgeInFlight);

    /// <inheritdoc/>
    public MetadataAnswer TryReadPartitionCounts(Span<int> counts, int timeoutMs)
    {
        try
        {
            return ReadPartitionCounts(counts, timeoutMs);
        }
        catch (ObjectDisposedException)
        {
            return new MetadataAnswer(KafkaErrors.Destroyed, "the producer is being replaced");
        }
    }

    /// <summary>Makes librdkafka raise a fatal error, as if Kafka had caused it.</summary>
    internal void RaiseFatalError(int error, ReadOnlySpan<byte> reason)
    {
        fixed (byte* text = reason)
        {
            _ = Librdkafka.rd_kafka_test_fatal_error(_kafka, error, text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndEvent();
        foreach (var topic in _topics)
        {
            topic?.Dispose();
        }

        _queue.Dispose();
        _kafka.Dispose();
        NativeMemory.Free(_reported);
    }

    private TopicHandle Handle(EventTopic topic) => _topics[(int)topic] ??= Librdkafka.rd_kafka_topic_new(_kafka, _names[topic], 0);

    private MetadataAnswer ReadPartitionCounts(Span<int> counts, int timeoutMs)
    {
        Metadata* metadata;
        var error = Librdkafka.rd_kafka_metadata(_kafka, allTopics: 1, onlyTopic: 0, &metadata, timeoutMs);
        if (error != KafkaErrors.None)
        {
            return new MetadataAnswer(error, Librdkafka.ErrorName(error) + ": " + Librdkafka.ErrorText(error));
        }

        try
        {
            counts.Clear();
            for (var i = 0; i < metadata->TopicCount; i++)
            {
                var topic = metadata->Topics + i;
                var name = Librdkafka.Text(topic->Name);
                foreach (var ours in EventTopics.Written)
                {
                    if (_names[ours] == name && topic->Error == KafkaErrors.None)
                    {
                        counts[(int)ours] = topic->PartitionCount;
                    }
                }
            }
        }
        finally
        {
            Librdkafka.rd_kafka_metadata_destroy(metadata);
        }

        if (_clusterId is null)
        {
            ReadClusterId();
        }

        return MetadataAnswer.Answered;
    }

    // Reads messages of the delivery event until the reports are full or the event is empty. Only in the latter case is it ended by
    // the caller; a full array returns with the event kept, and the next poll reads on.
    private int Read(Span<DeliveryReport> reports)
    {
        var count = 0;
        var retries = IsRetrying;
        while (count < reports.Length)
        {
            var wanted = (nuint)Math.Min(PointersMax, reports.Length - count);
            var read = (int)Librdkafka.rd_kafka_event_message_array(_event, _reported, wanted);
            if (read == 0)
            {
                break;
            }

            for (var i = 0; i < read; i++)
            {
                var message = _reported[i];
                var possibly = message->Error != KafkaErrors.None
                    && ((retries && IsOpen(message->Error)) || Librdkafka.rd_kafka_message_status(message) == Librdkafka.StatusPossiblyPersisted);
                reports[count++] = new DeliveryReport(message->Opaque, message->Offset, message->Error, possibly);
            }
        }

        return count;
    }

    // What waits for a retry after an answer such as NOT_LEADER counts as not persisted over there, since the retry would tell. A leader
    // on its way out answers so after it has stored the batch: when the retry is not made any more, nobody knows.
    private static bool IsOpen(int error) => KafkaErrors.Classify(error) is KafkaErrorClass.ProducerDead or KafkaErrorClass.PartitionUnable;

    private void EndEvent()
    {
        if (_event != 0)
        {
            Librdkafka.rd_kafka_event_destroy(_event);
        }

        _event = 0;
    }

    private void OnError()
    {
        var name = Librdkafka.ErrorName(Librdkafka.rd_kafka_event_error(_event));
        var text = Librdkafka.Text(Librdkafka.rd_kafka_event_error_string(_event));
        if (Librdkafka.rd_kafka_event_error_is_fatal(_event) == 0)
        {
            Say(LogLevel.Warning, name, text);
            return;
        }

        text = $"{name}: {text}";
        Volatile.Write(ref _fatalReason, text);
        EmitterLog.ProducerDead(_logger, text);
    }

    private void WriteLog()
    {
        while (_native.TryTake(out var line))
        {
            // syslog's levels: 0-3 errors, 4 warning, 5-6 information, 7 debug.
            var mapped = line.Level <= 3 ? LogLevel.Error
                : line.Level == 4 ? LogLevel.Warning
                : line.Level <= 6 ? LogLevel.Information : LogLevel.Debug;
            Say(mapped, line.Facility, line.Text);
        }
    }

    private void Say(LogLevel level, string kind, string text)
    {
        if ((level == LogLevel.Debug ? $"{kind}: {text}" : _lines.Pass(kind, text)) is { } line)
        {
            EmitterLog.Librdkafka(_logger, level, line);
        }
    }

    private void ReadClusterId()
    {
        var text = Librdkafka.rd_kafka_clusterid(_kafka, 0);
        if (text == 0)
        {
            return;
        }

        Volatile.Write(ref _clusterId, Librdkafka.Text(text));
        Librdkafka.rd_kafka_mem_free(_kafka, text);
    }
}
