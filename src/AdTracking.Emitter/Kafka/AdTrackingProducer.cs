using AdTracking.Emitter.Kafka.Native;
using AdTracking.Emitter.Logging;
using AdTracking.Kafka.Producing;
using AdTracking.Kafka.Protocol;
using AdTracking.Queue;
using Microsoft.Extensions.Logging;

namespace AdTracking.Emitter.Kafka;

/// <summary>Our own producer behind the queue's seam: one request per broker carries batches of all partitions. The shipper hands over, and the
/// delivery thread, which polls, does all the work.</summary>
internal sealed unsafe class AdTrackingProducer : IEventProducer
{
    private readonly IdempotentProducer _producer;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly LineLimiter _lines;
    private readonly int _topics;
    private OutgoingRecord[] _records = new OutgoingRecord[2_048];
    private RecordReport[] _reports = new RecordReport[4_096];
    private string? _failure;
    private bool _isPurged;

    /// <summary>Makes the producer; it connects once it is polled, and by itself after every loss of connection.</summary>
    public AdTrackingProducer(AdTrackingProducerSettings settings, ILogger logger, TimeProvider clock)
    {
        _logger = logger;
        _lines = new LineLimiter(clock);
        _producer = new IdempotentProducer(settings.Producer, settings.Connections);
        _topics = settings.Producer.Topics.Count;
        _clock = clock;
    }

    /// <inheritdoc/>
    public string? FatalReason => _producer.FatalReason;

    /// <inheritdoc/>
    public string? ClusterId => _producer.ClusterId;

    /// <inheritdoc/>
    public int Produce(EventTopic topic, int partition, Span<NativeMessage> events)
    {
        if (_records.Length < events.Length)
        {
            _records = new OutgoingRecord[events.Length];
        }

        var nowMs = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var message = ref events[i];
            _records[i] = new OutgoingRecord
            {
                Key = message.Key,
                KeyLength = (int)message.KeyLength,
                Value = message.Value,
                ValueLength = (int)message.ValueLength,
                TimestampMs = nowMs,
                Opaque = message.Opaque,
            };
        }

        if ((int)topic < _topics && _producer.HandOver((int)topic, partition, _records.AsSpan(0, events.Length)))
        {
            return events.Length;
        }

        var error = _producer.FatalReason is null ? KafkaErrors.UnknownPartition : KafkaErrors.Fatal;
        foreach (ref var message in events)
        {
            message.Error = error;
        }

        return 0;
    }

    /// <inheritdoc/>
    public int Poll(Span<DeliveryReport> reports, int timeoutMs)
    {
        if (_reports.Length < reports.Length)
        {
            _reports = new RecordReport[reports.Length];
        }

        var isAlive = _producer.FatalReason is null;
        var count = _producer.Poll(_reports.AsSpan(0, reports.Length), timeoutMs);
        WriteLog(isAlive);
        for (var i = 0; i < count; i++)
        {
            reports[i] = Translate(_reports[i]);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Wake() => _producer.Wake();

    /// <inheritdoc/>
    public void Purge()
    {
        _isPurged = true;
        _producer.Purge();
    }

    /// <inheritdoc/>
    public MetadataAnswer TryReadPartitionCounts(Span<int> counts, int timeoutMs)
    {
        if (!_producer.TryRefreshMetadata(timeoutMs))
        {
            return _producer.FatalReason is not null ? new MetadataAnswer(KafkaErrors.Destroyed, "the producer is being replaced")
                : _producer.IsConnected ? new MetadataAnswer(KafkaErrors.TimedOut, "a broker is connected and does not answer")
                : new MetadataAnswer(KafkaErrors.Transport, _producer.Failure ?? "no broker has answered yet");
        }

        counts.Clear();
        for (var topic = 0; topic < _topics; topic++)
        {
            counts[topic] = _producer.PartitionCount(topic);
        }

        return MetadataAnswer.Answered;
    }

    /// <inheritdoc/>
    public void Dispose() => _producer.Dispose();

    private void WriteLog(bool wasAlive)
    {
        if (_producer.Failure is { } failure && !ReferenceEquals(failure, _failure))
        {
            _failure = failure;
            if (_lines.Pass("connection", failure) is { } line)
            {
                EmitterLog.ConnectionBroke(_logger, line);
            }
        }

        if (wasAlive && !_isPurged && _producer.FatalReason is { } reason)
        {
            EmitterLog.ProducerDead(_logger, reason);
        }
    }

    // Kafka's own codes are the same numbers in librdkafka.
    private static DeliveryReport Translate(in RecordReport report) => report.Outcome switch
    {
        RecordOutcome.Delivered => new DeliveryReport(report.Opaque, report.Offset, KafkaErrors.None, PossiblyPersisted: false),
        RecordOutcome.InDoubt => new DeliveryReport(report.Opaque, -1, KafkaErrors.PurgedInFlight, PossiblyPersisted: true),
        RecordOutcome.Refused => new DeliveryReport(report.Opaque, -1, RefusalOf(report.Error), PossiblyPersisted: false, IsNamed: true),
        _ => new DeliveryReport(
            report.Opaque, -1, report.Error == KafkaError.NetworkException ? KafkaErrors.PurgedInQueue : (int)report.Error, PossiblyPersisted: false),
    };

    // What the producer calls refused is refused, whatever the code is: a code that means something else elsewhere becomes INVALID_RECORD.
    private static int RefusalOf(KafkaError error) =>
        KafkaErrors.Classify((int)error) == KafkaErrorClass.RecordRefused ? (int)error : KafkaErrors.InvalidRecord;
}
