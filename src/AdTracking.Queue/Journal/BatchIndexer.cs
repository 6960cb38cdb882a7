using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal.Files;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Finds out which events of a batch that the start found can be read, and takes them into the account as recovered. A batch that
/// was written anew has its groups in several places; each counts once, from whichever copy holds.</summary>
internal sealed class BatchIndexer(IJournalFiles files, EventQueue queue, Ledger ledger, BatchTable batches, JournalCounters counters)
{
    private readonly GroupReader _reader = new(files);

    /// <summary>Reads the batch through. What the disk refuses may be readable another time, and is kept for that.</summary>
    public void Index(JournalBatch batch)
    {
        batch.Reserve(batch.EventCount);
        var unreadable = false;
        var readable = 0;
        var expected = int.MaxValue;
        foreach (var place in batch.Places)
        {
            // A copy that was written anew holds what was not finished by then: the rest of the first one was delivered.
            // And of one whose write was cut nobody knows whether the rest ever got anywhere; it was promised to nobody.
            if (!place.IsTorn)
            {
                expected = Math.Min(expected, place.EventCount);
            }

            _reader.Begin(place.Segment.File.Handle, place.Offset, place.HeaderOf(batch));
            GroupRead read;
            while ((read = _reader.Next()) != GroupRead.End)
            {
                if (read == GroupRead.Group)
                {
                    readable += Enter(batch);
                }
            }

            unreadable |= _reader.HasUnreadable;
        }

        var missing = expected == int.MaxValue ? 0 : Math.Max(0, expected - readable);
        counters.CountRecovered(readable);
        if (!unreadable && missing > 0)
        {
            CountDamaged(batch, missing);
        }
        // Before the batch can be done: its segments go with it.
        foreach (var place in batch.Places)
        {
            place.Segment.IsKept |= unreadable;
        }

        batch.IsIndexed = true;
        batches.Leave(batch);
    }

    // What they were cannot be known any more; that they were there can.
    private void CountDamaged(JournalBatch batch, int missing)
    {
        var minute = (int)(batch.TimeMs / 60_000);
        counters.CountDamaged(missing);
        ledger.Count(minute, Ledger.UnknownClass, 0, LedgerColumn.Recovered, missing);
        ledger.Count(minute, Ledger.UnknownClass, 0, EventOutcome.Damaged, missing);
    }

    private int Enter(JournalBatch batch)
    {
        var entered = 0;
        var index = _reader.FirstEvent;
        foreach (var ev in _reader.Events)
        {
            if (batch.IsAbsent(index))
            {
                return entered;
            }

            batch.AddAbsent(index++, batch.StartsInDoubt);
            queue.CountRecovered(ev.Topic, ev.Bucket, _reader.ReceivedMinute);
            entered++;
        }

        return entered;
    }
}
