using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>All batches that are not done. Groups in memory name them by their slot; the journal and settling go through them oldest first.
/// Slots are found without a lock; the list changes under one, a few times a spill.</summary>
internal sealed unsafe class BatchTable : IBatchParts
{
    private readonly Lock _lock = new();
    private readonly LinkedList<JournalBatch> _byAge = new();
    private readonly Stack<int> _free = new();
    private readonly List<JournalBatch> _done = [];
    private LinkedListNode<JournalBatch>?[] _slots = new LinkedListNode<JournalBatch>?[64];
    private int _used;
    private int _doneCount;

    /// <summary>Batches that are not done, and those whose end the journal has not seen yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byAge.Count;
            }
        }
    }

    /// <summary>Whether batches are done that the journal has not cleared away.</summary>
    public bool HasDone => Volatile.Read(ref _doneCount) > 0;

    /// <summary>Takes a batch in, the youngest.</summary>
    public void Add(JournalBatch batch)
    {
        lock (_lock)
        {
            Place(_byAge.AddLast(batch));
        }
    }

    /// <summary>Takes batches in that an earlier run has left, oldest first: all of them are older than this run's.</summary>
    public void AddFound(List<JournalBatch> found)
    {
        lock (_lock)
        {
            LinkedListNode<JournalBatch>? last = null;
            foreach (var batch in found)
            {
                last = last is null ? _byAge.AddFirst(batch) : _byAge.AddAfter(last, batch);
                Place(last);
            }
        }
    }

    /// <summary>The batch that a group names.</summary>
    public JournalBatch this[int slot] => Volatile.Read(ref _slots)[slot]!.Value;

    /// <summary>Whether a group stands in the journal, so that its events may leave memory.</summary>
    public bool Holds(GroupHeader* group)
    {
        var slot = Volatile.Read(ref group->Batch);
        return slot >= 0 && this[slot].State == BatchState.Stored;
    }

    /// <summary>An event of a group in memory is in the journal only from now on.</summary>
    public void AddAbsent(GroupHeader* group, EventHeader* header, bool inDoubt = false) =>
        this[group->Batch].AddAbsent(group->BatchEventBase + header->Ordinal, inDoubt);

    /// <summary>A group in memory, or an event that was absent, is done.</summary>
    public void Leave(int slot) => Leave(this[slot]);

    /// <summary>A part of a batch is done.</summary>
    public void Leave(JournalBatch batch)
    {
        if (!batch.Leave())
        {
            return;
        }

        lock (_lock)
        {
            _done.Add(batch);
            _doneCount++;
        }
    }

    /// <summary>Takes the batches out whose last part is done.</summary>
    public void TakeDone(List<JournalBatch> done)
    {
        lock (_lock)
        {
            foreach (var batch in _done)
            {
                _byAge.Remove(_slots[batch.Slot]!);
                _slots[batch.Slot] = null;
                _free.Push(batch.Slot);
            }

            done.AddRange(_done);
            _done.Clear();
            _doneCount = 0;
        }
    }

    /// <summary>The oldest batch, or the next one after another; null at the end.</summary>
    public JournalBatch? Next(JournalBatch? after)
    {
        lock (_lock)
        {
            return (after is null ? _byAge.First : _slots[after.Slot]!.Next)?.Value;
        }
    }

    /// <summary>Events that may be in Kafka already.</summary>
    public long CountInDoubt()
    {
        long count = 0;
        lock (_lock)
        {
            foreach (var batch in _byAge)
            {
                count += batch.InDoubt;
            }
        }

        return count;
    }

    /// <summary>The batches that hold such events, oldest first.</summary>
    public void CopyInDoubt(List<JournalBatch> batches)
    {
        lock (_lock)
        {
            foreach (var batch in _byAge)
            {
                if (batch.InDoubt > 0)
                {
                    batches.Add(batch);
                }
            }
        }
    }

    /// <summary>Events that are in the journal only, the bytes of the batches that hold them, and when the oldest of these was taken.</summary>
    public (long Events, long Bytes, long OldestMs) Waiting()
    {
        long events = 0;
        long bytes = 0;
        var oldest = long.MaxValue;
        lock (_lock)
        {
            foreach (var batch in _byAge)
            {
                if (batch.Absent == 0)
                {
                    continue;
                }

                events += batch.Absent;
                bytes += batch.Bytes;
                oldest = Math.Min(oldest, batch.TimeMs);
            }
        }

        return (events, bytes, oldest);
    }

    private void Place(LinkedListNode<JournalBatch> node)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
        }

        if (slot == _slots.Length)
        {
            var larger = new LinkedListNode<JournalBatch>?[slot * 2];
            _slots.CopyTo(larger, 0);
            Volatile.Write(ref _slots, larger);
        }

        node.Value.Slot = slot;
        _slots[slot] = node;
    }
}
