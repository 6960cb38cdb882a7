using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;

namespace AdTracking.Gateway.Intake;

/// <summary>The intake's side of the ledger: what came in, and what was refused and why. What was accepted, the queue counts itself.</summary>
internal sealed class IntakeLedger(Ledger ledger)
{
    private const int MinuteMs = 60_000;

    /// <summary>The minute of a received_ts, counted from 1970.</summary>
    public static int MinuteOf(long receivedMs) => (int)(receivedMs / MinuteMs);

    /// <summary>Counts the events of a batch by what became of each at the door.</summary>
    /// <param name="batch">The events, judged.</param>
    /// <param name="minute">Their minute.</param>
    /// <param name="refusal">Why all of them were refused; none when those that are valid are in the queue.</param>
    public void CountBatch(EventBatch batch, int minute, FaultCode refusal)
    {
        var results = batch.Results;
        for (var start = 0; start < results.Length;)
        {
            ref readonly var first = ref results[start];
            var end = start + 1;
            while (end < results.Length && results[end].Code == first.Code && results[end].Topic == first.Topic && results[end].Bucket == first.Bucket)
            {
                end++;
            }

            Count(minute, first.Topic, first.Bucket, refusal == FaultCode.None ? first.Code : refusal, end - start);
            start = end;
        }
    }

    /// <summary>Counts events as received and, with a code, as rejected.</summary>
    public void Count(int minute, EventTopic topic, byte bucket, FaultCode code, int count = 1)
    {
        ledger.Count(minute, topic, bucket, LedgerColumn.Received, count);
        if (code != FaultCode.None)
        {
            ledger.CountRejected(minute, topic, bucket, code, count);
        }
    }

    /// <summary>A click that could not be stored and whose user is sent on all the same: that is an acceptance, and a loss
    /// (<see cref="EventOutcome.ClickNotStored"/> counts as both).</summary>
    public void CountLostClick(int minute, byte bucket)
    {
        ledger.Count(minute, EventTopic.Click, bucket, LedgerColumn.Received);
        ledger.Count(minute, EventTopic.Click, bucket, EventOutcome.ClickNotStored);
    }
}

/// <summary>An event, or a body, that is not valid: what the counters, the ledger and the bad-events topic say of it.</summary>
/// <param name="Code">Why.</param>
/// <param name="Minute">The minute that the ledger counts it in.</param>
/// <param name="Topic">Its class, as far as it is known.</param>
internal readonly record struct Rejection(FaultCode Code, int Minute, EventTopic Topic)
{
    /// <summary>Its publisher's bucket; 0 when none is known.</summary>
    public byte Bucket { get; init; }

    /// <summary>The field at fault, where there is one.</summary>
    public string? Field { get; init; }

    /// <summary>Whether the body is still compressed as its <c>Content-Encoding</c> says.</summary>
    public bool IsPacked { get; init; }
}
