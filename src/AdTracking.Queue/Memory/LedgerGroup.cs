using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>Counts a group's events in the ledger, before it is appended (its frames are stamped), or takes that back.</summary>
internal static class LedgerGroup
{
    /// <summary>Counts all events as accepted, with their sums. Before the append, so that no outcome is counted first; a group that is
    /// refused is counted again with a <paramref name="sign"/> of -1. Requests come from one publisher mostly, so runs are counted at
    /// once.</summary>
    public static void CountAccepted(Ledger ledger, GroupBuffer group, int minute, int sign = 1)
    {
        EventTopic topic = default;
        byte bucket = 0;
        var count = 0;
        long sum = 0;
        var events = group.Events;
        while (events.MoveNext())
        {
            ref readonly var header = ref events.Event;
            if (count > 0 && (header.Topic != topic || header.Bucket != bucket))
            {
                Flush(ledger, minute, topic, bucket, count * sign, sum * sign);
                count = 0;
                sum = 0;
            }

            topic = header.Topic;
            bucket = header.Bucket;
            count++;
            sum += EventSum.Of(events.Key, events.Value);
        }

        Flush(ledger, minute, topic, bucket, count * sign, sum * sign);
    }

    private static void Flush(Ledger ledger, int minute, EventTopic topic, byte bucket, int count, long sum)
    {
        if (count == 0)
        {
            return;
        }

        ledger.Count(minute, topic, bucket, LedgerColumn.Accepted, count);
        ledger.Count(minute, topic, bucket, LedgerColumn.AcceptedSum, sum);
    }
}
