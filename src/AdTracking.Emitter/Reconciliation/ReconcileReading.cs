using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>One reading: the events of some batches that may be in Kafka already, where they are looked for, and what was found. Made anew
/// for each, since its memory is only needed then.</summary>
internal sealed class ReconcileReading
{
    private readonly DigestMultiset _table;
    private readonly List<JournalBatch> _batches = [];
    private readonly List<ReconcileEntry> _entries = [];
    private readonly EventQueue _queue;
    private readonly BatchTable _batchTable;
    private readonly JournalCounters _counters;
    private readonly PartitionTable _partitions;
    private readonly GroupReader _reader;
    private readonly bool[] _unread;

    public ReconcileReading(
        int capacity, PartitionTable partitions, Marks marks, EventQueue queue, BatchTable batchTable, JournalCounters counters, GroupReader reader)
    {
        _table = new DigestMultiset(capacity);
        _partitions = partitions;
        _queue = queue;
        _batchTable = batchTable;
        _counters = counters;
        _reader = reader;
        _unread = new bool[partitions.All.Length];
        Plan = new ReconcilePlan(partitions, marks);
    }

    /// <summary>Where to read.</summary>
    public ReconcilePlan Plan { get; }

    /// <summary>Events of topics that were made anew: nothing can be found of them, and they are sent.</summary>
    public int Unfindable { get; private set; }

    /// <summary>Whether the batch's events still fit.</summary>
    public bool HasRoomFor(JournalBatch batch) => _table.Capacity - _table.Count >= batch.InDoubt;

    /// <summary>Looks for a batch's events in doubt.</summary>
    public void Add(JournalBatch batch, ReconcileMarks marks)
    {
        _batches.Add(batch);
        HashSet<int>? seen = batch.Places.Length > 1 ? [] : null;
        foreach (var place in batch.Places)
        {
            var mark = marks.Of(batch.Id, place.Segment.File.Number);
            _reader.Begin(place.Segment.File.Handle, place.Offset, place.HeaderOf(batch));
            GroupRead read;
            while ((read = _reader.Next()) != GroupRead.End)
            {
                if (read == GroupRead.Group)
                {
                    AddGroup(batch, mark, seen);
                }
            }
        }
    }

    /// <summary>Strikes out what a read of a topic's partition has shown.</summary>
    public void Strike(EventTopic topic, ReadOnlySpan<EventDigest> digests)
    {
        foreach (var digest in digests)
        {
            if (!_table.TryRemove(digest, out _, out var entry))
            {
                continue;
            }

            var found = _entries[entry];
            var batch = _batches[found.Batch];
            batch.RemoveAbsent(found.Event);
            _counters.CountStruckOut();
            _queue.CountStruckOut(topic, found.Bucket, found.Minute);
            _batchTable.Leave(batch);
        }
    }

    /// <summary>A partition could not be read to its end: its events stay in doubt, those of other partitions do not wait for it.</summary>
    public void GiveUp(int partition) => _unread[partition] = true;

    /// <summary>What was not found is sent. Returns whether something stays in doubt.</summary>
    public bool ClearInDoubt()
    {
        var left = false;
        foreach (var entry in _entries)
        {
            if (MayBeUnread(entry))
            {
                left = true;
            }
            else
            {
                _batches[entry.Batch].ClearInDoubt(entry.Event);
            }
        }

        return left;
    }

    private void AddGroup(JournalBatch batch, JournalMark mark, HashSet<int>? seen)
    {
        var index = _reader.FirstEvent - 1;
        foreach (var ev in _reader.Events)
        {
            if (!batch.IsInDoubt(++index) || (seen is not null && !seen.Add(index)))
            {
                continue;
            }

            if (!_partitions.Has(ev.Topic))
            {
                continue; // Stays in doubt until Kafka has the topic.
            }

            if (!Plan.IsSameTopic(mark, ev.Topic))
            {
                Unfindable++;
                batch.ClearInDoubt(index);
                continue;
            }

            Plan.Need(mark, batch.TimeMs, ev.Topic, ev.KeyHash);
            var partition = (ushort)_partitions.Locate(ev.Topic, ev.KeyHash).Index;
            var fits = _table.TryAdd(EventDigest.Of(ev.Topic, ev.Key, ev.Value), 0, _entries.Count);
            Invariant.Holds(fits, "a reading looks for as much as it has room for");
            _entries.Add(new ReconcileEntry(_batches.Count - 1, index, _reader.ReceivedMinute, partition, ev.Bucket));
        }
    }

    // With a topic that has grown since, an event may be in any partition of it.
    private bool MayBeUnread(ReconcileEntry entry)
    {
        var topic = _partitions.All[entry.Partition].Topic;
        if (!Plan.HasGrown(topic))
        {
            return _unread[entry.Partition];
        }

        foreach (var partition in _partitions.All)
        {
            if (partition.Topic == topic && _unread[partition.Index])
            {
                return true;
            }
        }

        return false;
    }
}
