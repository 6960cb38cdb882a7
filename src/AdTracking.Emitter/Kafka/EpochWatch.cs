using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka;

/// <summary>Reads librdkafka's lines about sequences and retries, and tells when a producer must not go on: it is about to take a new epoch
/// while something waits for a retry that Kafka may have stored. Under the new epoch it would be stored again. For any number of threads;
/// what belongs together comes on one.</summary>
internal sealed class EpochWatch(Clock clock)
{
    private const string RequestOf = "ProduceRequest for ";
    private const string BeforeRetry = " beginning partition drain: drain before retrying";

    // Of this thread: the partition of which a batch was just refused as out of order.
    [ThreadStatic]
    private static (EpochWatch Watch, string? Partition) ThreadOutOfOrder;

    private long _retryingSinceMs;

    /// <summary>Whether something may wait for a retry.</summary>
    public bool IsRetrying => Volatile.Read(ref _retryingSinceMs) != 0;

    /// <summary>Takes a line; true when the producer is about to take a new epoch and must not.</summary>
    /// <param name="facility">What the line is about. <c>ERRSEQ</c>: a batch was refused because an earlier one was not taken.
    /// <c>UNKPID</c>: Kafka has forgotten the producer. Both precede a new epoch. <c>DRAIN</c>: among others, that a batch is sent again.</param>
    /// <param name="text">The line.</param>
    public bool Take(string facility, string text)
    {
        switch (facility)
        {
            case "ERRSEQ" or "UNKPID":
                ThreadOutOfOrder = (this, PartitionOf(text));
                return IsRetrying;
            case "DRAIN" when text.EndsWith(BeforeRetry, StringComparison.Ordinal):
                if (!IsOfTheBatchOutOfOrder(text))
                {
                    Volatile.Write(ref _retryingSinceMs, Math.Max(1, clock.NowMs));
                }

                ThreadOutOfOrder = default;
                return false;
            case "DRAIN" or "IDEMPSTATE":
                return false;
            default:
                ThreadOutOfOrder = default;
                return false;
        }
    }

    /// <summary>Everything is finished that was appended before this, in the clock's milliseconds.</summary>
    public void Forget(long beforeMs)
    {
        var since = Volatile.Read(ref _retryingSinceMs);
        if (since != 0 && since < beforeMs)
        {
            Interlocked.CompareExchange(ref _retryingSinceMs, 0, since);
        }
    }

    // It is sent again, too, and is known not to be stored.
    private bool IsOfTheBatchOutOfOrder(string text) =>
        ThreadOutOfOrder.Watch == this && ThreadOutOfOrder.Partition is { } partition
        && text.AsSpan(..^BeforeRetry.Length).EndsWith(": " + partition, StringComparison.Ordinal);

    // "ProduceRequest for topic [0] with 2 message(s) failed ...": "topic [0]".
    private static string? PartitionOf(string text)
    {
        var start = text.IndexOf(RequestOf, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("] with ", start, StringComparison.Ordinal);
        return end < 0 ? null : text[(start + RequestOf.Length)..(end + 1)];
    }
}
