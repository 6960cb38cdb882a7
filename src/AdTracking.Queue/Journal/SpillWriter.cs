using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Writes batches and syncs them: one sync for all that were taken together. A batch whose write or sync failed is written anew in
/// another segment, under its old id, numbers, mark, kind and note. The journal thread's.</summary>
internal sealed unsafe class SpillWriter : IDisposable
{
    private readonly Clock _clock;
    private readonly BlockPool _pool;
    private readonly SegmentStore _segments;
    private readonly JournalCounters _counters;
    private readonly JournalRules _rules;
    private readonly Guid _bootId;
    private readonly BatchWriter _writer;
    private readonly List<SpillBatch> _written = [];
    private readonly List<StoredSegment> _dirty = [];

    public SpillWriter(Clock clock, BlockPool pool, SegmentStore segments, JournalCounters counters, JournalRules rules)
    {
        _clock = clock;
        _pool = pool;
        _segments = segments;
        _counters = counters;
        _rules = rules;
        _bootId = rules.BootId;
        _writer = new BatchWriter(Math.Min(rules.BatchBytesMax, segments.BatchBytesMax));
        GroupBytesMax = Math.Min(rules.BatchBytesMax, segments.BatchBytesMax) - (2 * _rules.HeaderBytesReserved);
    }

    /// <summary>The cluster that the events are meant for; empty while unknown.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>Bytes of groups that a batch may have now: it is cut at its segment's room, unless that is not worth it.</summary>
    public int GroupBytesNow
    {
        get
        {
            var room = (_segments.Open?.File.Room ?? 0) - (2 * _rules.HeaderBytesReserved);
            return room >= QueueBlock.Bytes ? Math.Min(room, GroupBytesMax) : GroupBytesMax;
        }
    }

    private int GroupBytesMax { get; }

    /// <summary>Writes a batch, what of it is not finished yet. Returns 1; 0 when nothing of it is unfinished any more; or the error
    /// negated. <see cref="SpillBatch.Segment"/> says where it was tried, if it was.</summary>
    public int Write(SpillBatch spill)
    {
        var batch = spill.Batch;
        var noteBytes = batch.Kind == BlockKind.Unsent ? Note.BytesOf(spill.Mark) : 0;
        if (!_segments.HasRoom(spill.GroupBytes + (2 * _rules.HeaderBytesReserved), noteBytes) && _segments.Roll() is var error and < 0)
        {
            return error;
        }

        var segment = _segments.Open!;
        if (batch.IsNoted && WriteNote(segment, batch, spill.Mark) is var refused and < 0)
        {
            return refused;
        }

        var header = new BatchHeader
        {
            BatchId = batch.Id,
            Kind = batch.Kind,
            IsRewritten = spill.Segment is not null,
            BootId = _bootId,
            ClusterId = ClusterId,
            TimeMs = batch.TimeMs,
            Mark = spill.Mark,
            GroupsTaken = batch.GroupCount,
            EventsTaken = batch.EventCount,
        };
        header.PlaceIn(segment.File);
        _writer.Begin(header);
        var events = Serialize(spill);
        if (events == 0)
        {
            return 0;
        }

        spill.Segment = segment;
        var bytes = _writer.End();
        var failed = segment.File.Write(bytes, out var offset);
        if (failed < 0)
        {
            return failed;
        }

        if (!batch.IsNoted)
        {
            segment.Promise(batch, noteBytes);
        }

        spill.Place = new BatchPlace(segment, offset, bytes.Length, header.HeaderBytes, events);
        _counters.CountSpill(header.IsRewritten ? 0 : events);
        _segments.Used();
        _written.Add(spill);
        if (!_dirty.Contains(segment))
        {
            _dirty.Add(segment);
        }

        return 1;
    }

    /// <summary>Syncs what was written, unless it need not be synced now, and sorts it: what is stored, and what has to be written anew.
    /// Returns the first error negated, or 0.</summary>
    public int Finish(bool sync, List<SpillBatch> stored, List<SpillBatch> failed)
    {
        var error = 0;
        if (sync)
        {
            error = SyncDirty();
        }

        foreach (var spill in _written)
        {
            (spill.Segment!.File.IsFailed ? failed : stored).Add(spill);
        }

        _written.Clear();
        return error;
    }

    /// <summary>Syncs segments that were written to and not synced.</summary>
    public int SyncDirty()
    {
        var first = 0;
        foreach (var segment in _dirty)
        {
            if (segment.File.IsFailed || segment.File.Handle < 0)
            {
                continue;
            }

            var error = segment.File.Sync();
            if (error < 0)
            {
                first = first == 0 ? error : first;
            }
            else
            {
                _counters.CountSync();
            }
        }

        _dirty.Clear();
        return first;
    }

    /// <summary>Writes the note that a batch's events are about to be handed over. 0, or the error negated.</summary>
    public int WriteNote(StoredSegment segment, JournalBatch batch, BatchMark mark) =>
        segment.WriteNote(batch, new Note(batch.Id, _bootId, _clock.UnixMs, mark));

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private int Serialize(SpillBatch spill)
    {
        var slot = spill.Batch.Slot;
        foreach (var taken in spill.Groups)
        {
            var block = taken.Block;
            if (!block.TryHold())
            {
                continue;
            }

            if (block.Opening == taken.Opening)
            {
                var group = (GroupHeader*)(block.Base + taken.Offset);
                if (group->Batch == slot && Volatile.Read(ref group->Remaining) > 0)
                {
                    _writer.Add(block, taken.Offset, taken.Number, taken.FirstEvent);
                }
            }

            if (block.EndHold())
            {
                _pool.Return(block);
            }
        }

        return _writer.Header.EventCount;
    }
}
