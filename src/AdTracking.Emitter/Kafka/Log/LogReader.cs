using System.Runtime.InteropServices;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>Reads one partition at a time through librdkafka's consumer without a group, and hashes the records where they lie. After any
/// error it begins anew at its position, so that an error is never worse than a pause.</summary>
internal sealed unsafe class LogReader : IDisposable
{
    private const int MessagesMax = 1_024;

    // rdkafka.h: RD_KAFKA_RESP_ERR__PARTITION_EOF and, with auto.offset.reset=error, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET.
    private const int EndOfPartition = -191;
    private const int OffsetReset = -140;
    private readonly TopicHandle?[] _topics = new TopicHandle?[EventTopics.Count];
    private readonly KafkaHandle _kafka;
    private readonly TopicNames _names;
    private readonly NativeMessage** _messages;
    private long _position;
    private bool _started;
    private bool _atEnd;

    public LogReader(KafkaHandle kafka, TopicNames names)
    {
        _kafka = kafka;
        _names = names;
        _messages = (NativeMessage**)NativeMemory.Alloc(MessagesMax, (nuint)sizeof(nint));
    }

    /// <summary>What is being read.</summary>
    public LogPartition Partition { get; private set; }

    private TopicHandle Topic => _topics[(int)Partition.Topic] ??= Librdkafka.rd_kafka_topic_new(_kafka, _names[Partition.Topic], 0);

    /// <summary>Sets partition and position.</summary>
    public void Seek(LogPartition partition, long offset)
    {
        Stop();
        Partition = partition;
        _position = offset;
    }

    /// <summary>The next records. Out of range means: not within the log, below or above.</summary>
    public LogRead Read(Span<EventDigest> digests, int timeoutMs)
    {
        if (!_started && !Start())
        {
            return new LogRead(0, _position, LogReadStatus.TryAgain);
        }

        var count = 0;
        var error = KafkaErrors.None;
        while (count < digests.Length && error == KafkaErrors.None)
        {
            // It waits until it has as many as it was asked for: so for one, and only while there is none.
            var wanted = Math.Min(MessagesMax, digests.Length - count);
            var read = Take(wanted, 0);
            if (read == 0 && count == 0)
            {
                read = Take(1, timeoutMs);
            }

            if (read <= 0)
            {
                break;
            }

            count += Digest(read, digests[count..], ref error);
            if (_atEnd)
            {
                break;
            }
        }

        if (error != KafkaErrors.None)
        {
            Stop();
        }

        if (count > 0)
        {
            return new LogRead(count, _position, LogReadStatus.Ok);
        }

        if (error == OffsetReset)
        {
            return new LogRead(0, _position, LogReadStatus.OutOfRange);
        }

        return new LogRead(0, _position, _atEnd ? LogReadStatus.Ok : LogReadStatus.TryAgain);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        foreach (var topic in _topics)
        {
            topic?.Dispose();
        }

        NativeMemory.Free(_messages);
    }

    private int Take(int wanted, int timeoutMs) =>
        (int)LibrdkafkaConsumer.rd_kafka_consume_batch(Topic, Partition.Partition, timeoutMs, _messages, (nuint)wanted);

    private int Digest(int read, Span<EventDigest> digests, ref int error)
    {
        var count = 0;
        for (var i = 0; i < read; i++)
        {
            var message = _messages[i];
            if (message->Error == EndOfPartition)
            {
                _atEnd = true;
                _position = Math.Max(_position, message->Offset);
            }
            else if (message->Error != KafkaErrors.None)
            {
                error = message->Error;
            }
            else if (message->Offset >= _position && error == KafkaErrors.None)
            {
                _atEnd = false;
                _position = message->Offset + 1;
                digests[count++] = EventDigest.Of(
                    Partition.Topic,
                    new ReadOnlySpan<byte>(message->Key, (int)message->KeyLength),
                    new ReadOnlySpan<byte>(message->Value, (int)message->ValueLength));
            }

            LibrdkafkaConsumer.rd_kafka_message_destroy(message);
        }

        return count;
    }

    private bool Start()
    {
        _atEnd = false;
        _started = LibrdkafkaConsumer.rd_kafka_consume_start(Topic, Partition.Partition, _position) == 0;
        return _started;
    }

    private void Stop()
    {
        if (_started)
        {
            _ = LibrdkafkaConsumer.rd_kafka_consume_stop(Topic, Partition.Partition);
        }

        _started = false;
    }
}
