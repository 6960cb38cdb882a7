using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>Counts a group's events in the ledger, before it is appended (its frames are stamped), or takes that back.</summary>
internal static unsafe class LedgerGroup
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
        var end = group.Base + group.Bytes;
        for (var at = group.Base + GroupHeader.Bytes; at < end;)
        {
            var header = (EventHeader*)at;
            if (count > 0 && (header->Topic != topic || header->Bucket != bucket))
            {
                Flush(ledger, minute, topic, bucket, count * sign, sum * sign);
                count = 0;
                sum = 0;
            }

            topic = header->Topic;
            bucket = header->Bucket;
            count++;
            var key = at + EventHeader.Bytes;
            sum += EventSum.Of(
                new ReadOnlySpan<byte>(key, header->KeyLength), new ReadOnlySpan<byte>(key + header->KeyLength, header->ValueLength));
            at += header->RecordBytes;
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
