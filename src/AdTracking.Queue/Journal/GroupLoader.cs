using AdTracking.Queue.Accounting;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Copies events of a group on the disk into a block that is read back: those that are in the journal only, need not be looked for
/// in Kafka, and whose partition takes. The journal thread's.</summary>
internal sealed unsafe class GroupLoader(Ledger ledger, IEventRoutes routes, BatchTable batches)
{
    private readonly List<int> _eligible = [];

    /// <summary>Loads the group that the reader stands at. False when the block has no room for what can be loaded of it; then nothing
    /// was.</summary>
    public bool TryLoad(JournalBatch batch, GroupReader reader, QueueBlock block, long nowMs, ref int stalled)
    {
        var bytes = Choose(batch, reader, ref stalled);
        if (_eligible.Count == 0)
        {
            return true;
        }

        if (bytes > block.Room)
        {
            return false;
        }

        batch.Enter();
        var at = block.Base + block.Tail;
        *(GroupHeader*)at = new GroupHeader
        {
            Length = bytes,
            EventCount = _eligible.Count,
            Number = -1,
            AppendedAtMs = nowMs,
            WaiterIndex = -1,
            Remaining = _eligible.Count,
            Batch = batch.Slot,
            BatchEventBase = reader.FirstEvent,
            BatchGroup = reader.Number,
            ReceivedMinute = reader.ReceivedMinute,
        };
        Copy(batch, reader, at + GroupHeader.Bytes, block.Tail);
        block.Publish(bytes, nowMs);
        return true;
    }

    private int Choose(JournalBatch batch, GroupReader reader, ref int stalled)
    {
        _eligible.Clear();
        var bytes = GroupHeader.Bytes;
        var position = 0;
        foreach (var ev in reader.Events)
        {
            var index = reader.FirstEvent + position++;
            if (!batch.IsAbsent(index) || batch.IsInDoubt(index))
            {
                continue;
            }

            if (routes.IsStalled(ev.Topic, ev.KeyHash))
            {
                stalled++;
                continue;
            }

            _eligible.Add(position - 1);
            bytes += EventHeader.RecordBytesOf(ev.Key.Length, ev.Value.Length);
        }

        return bytes;
    }

    private void Copy(JournalBatch batch, GroupReader reader, byte* at, int groupAt)
    {
        var position = 0;
        var next = 0;
        foreach (var ev in reader.Events)
        {
            if (next == _eligible.Count)
            {
                break;
            }

            if (_eligible[next] != position++)
            {
                continue;
            }

            next++;
            var header = (EventHeader*)at;
            *header = default;
            header->KeyHash = ev.KeyHash;
            header->KeyLength = (ushort)ev.Key.Length;
            header->ValueLength = ev.Value.Length;
            header->GroupOffset = groupAt;
            header->Ordinal = (ushort)(position - 1);
            header->Topic = ev.Topic;
            header->Bucket = ev.Bucket;
            var key = at + EventHeader.Bytes;
            ev.Key.CopyTo(new Span<byte>(key, ev.Key.Length));
            ev.Value.CopyTo(new Span<byte>(key + ev.Key.Length, ev.Value.Length));
            at += header->RecordBytes;
            batch.RemoveAbsent(reader.FirstEvent + position - 1);
            batches.Leave(batch);
            ledger.Count(reader.ReceivedMinute, ev.Topic, ev.Bucket, LedgerColumn.WaitingJournal, -1);
        }
    }
}
