using AdTracking.Emitter.Kafka;

namespace AdTracking.Emitter.Pipeline;

/// <summary>Asks Kafka how many partitions the topics have. librdkafka's call blocks until Kafka answers or the time is over, and nothing can
/// interrupt it: so it is asked in slices, and a stop waits for one slice at most. While no broker is connected a short slice is enough, since
/// librdkafka goes on connecting between two of them. A broker that is connected and slow gets twice the time after each slice.</summary>
internal sealed class MetadataQuestion
{
    /// <summary>The shortest slice, in milliseconds.</summary>
    public const int SliceMsMin = 250;

    /// <summary>All slices of one question together, and so the longest of them.</summary>
    public const int LimitMs = 5_000;

    private int _sliceMs = SliceMsMin;

    /// <summary>How long the call that runs now, or the next one, may block, in milliseconds.</summary>
    public int SliceMs => Volatile.Read(ref _sliceMs);

    /// <summary>Asks until Kafka has answered, refused, or <see cref="LimitMs"/> are over.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled between two slices.</exception>
    public MetadataAnswer Ask(IEventProducer producer, Span<int> counts, CancellationToken cancellation)
    {
        var leftMs = LimitMs;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var sliceMs = Math.Min(_sliceMs, leftMs);
            var answer = producer.TryReadPartitionCounts(counts, sliceMs);
            leftMs -= sliceMs;
            Volatile.Write(ref _sliceMs, answer.Error == KafkaErrors.TimedOut ? Math.Min(_sliceMs * 2, LimitMs) : SliceMsMin);
            if (!answer.IsOpen || leftMs == 0)
            {
                return answer;
            }
        }
    }
}
