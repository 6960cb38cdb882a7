using System.Collections;
using AdTracking.Queue.Journal.Format;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Reads what is in the journal only back into blocks of its own, oldest first, for the shipper. Before the first event of a
/// waiting batch is handed over, its note is written. The journal thread's.</summary>
internal sealed class ReadBack
{
    private const int RetryAfterMs = 500;
    private const int ForgetErrorAfterMs = 2_000;
    private readonly JournalParts _parts;
    private readonly BatchTable _batches;
    private readonly SpillWriter _writer;
    private readonly BatchIndexer _indexer;
    private readonly GroupReader _reader;
    private readonly GroupLoader _loader;
    private readonly BlockMark _now = new();
    private long _errorUntilMs;
    private int _error;

    public ReadBack(JournalParts parts, SpillWriter writer)
    {
        _parts = parts;
        _batches = parts.Batches;
        _writer = writer;
        _indexer = new BatchIndexer(parts.Files, parts.Queue, parts.Ledger, parts.Batches, parts.Counters);
        _reader = new GroupReader(parts.Files);
        _loader = new GroupLoader(parts.Ledger, parts.Routes, parts.Batches);
    }

    /// <summary>The error of a note that could not be written a moment ago, negated; 0 when there was none.</summary>
    public int Error => _parts.Clock.NowMs < Interlocked.Read(ref _errorUntilMs) ? Volatile.Read(ref _error) : 0;

    /// <summary>Fills a block; null when there is nothing to read back, or no block for it. What it holds is the shipper's.</summary>
    public QueueBlock? Fill(long nowMs)
    {
        if (!_parts.Routes.AreKnown)
        {
            return null;
        }

        var recoveries = _parts.Health.Recoveries;
        QueueBlock? block = null;
        for (var batch = _batches.Next(after: null); batch is not null; batch = _batches.Next(batch))
        {
            var moment = batch.Moment(recoveries);
            if (batch.State != BatchState.Stored || !batch.HasReadable || batch.SkippedAt == moment)
            {
                continue;
            }

            if (!batch.IsIndexed)
            {
                _indexer.Index(batch);
            }

            if (!batch.HasReadable)
            {
                continue;
            }

            if (block is null && (block = Rent(nowMs)) is null)
            {
                return null;
            }

            if (!Prepare(batch, nowMs))
            {
                continue;
            }

            var stalled = 0;
            if (!Load(batch, block, nowMs, ref stalled))
            {
                break;
            }

            if (stalled > 0)
            {
                batch.SkippedAt = moment;
            }
            else if (batch.HasReadable)
            {
                GiveUp(batch, moment);
            }
        }

        return block is null ? null : Closed(block);
    }

    // The block, when anything was read into it; otherwise it goes back.
    private QueueBlock? Closed(QueueBlock block)
    {
        block.Close();
        if (block.Tail > 0)
        {
            return block;
        }

        if (block.Drop())
        {
            _parts.Pool.Return(block);
        }

        return null;
    }

    private QueueBlock? Rent(long nowMs)
    {
        QueueBlock? block = null;
        if (!_parts.Pool.TryRent(BlockUse.ReadBack, new Span<QueueBlock?>(ref block)))
        {
            return null;
        }

        block!.Open(BlockKind.Shipping, nowMs, _parts.Pool.NextOpening());
        return block;
    }

    // False when the note of a waiting batch could not be written: then nothing of it may be handed over, and those of other segments go
    // on. A batch that was settled gets one as well: what brought it in doubt in this run (notes that could not be read, say) may be
    // gone in the next.
    private bool Prepare(JournalBatch batch, long nowMs)
    {
        if (batch.Kind == BlockKind.Shipping || batch.IsNoted)
        {
            return true;
        }

        var segment = batch.Places[^1].Segment;
        if (nowMs < segment.NotesRetryAtMs)
        {
            return false;
        }

        _parts.Marks.TakeNow(_now);
        var error = _writer.WriteNote(segment, batch, _parts.Marks.Make(_now));
        batch.IsNoted = error == 0;
        if (batch.IsNoted)
        {
            return true;
        }

        _parts.Counters.CountError();
        segment.NotesRetryAtMs = nowMs + RetryAfterMs;
        Volatile.Write(ref _error, error);
        Interlocked.Exchange(ref _errorUntilMs, nowMs + ForgetErrorAfterMs);
        return false;
    }

    // False when the block is full.
    private bool Load(JournalBatch batch, QueueBlock block, long nowMs, ref int stalled)
    {
        foreach (var place in batch.Places)
        {
            _reader.Begin(place.Segment.File.Handle, place.Offset, place.HeaderOf(batch));
            GroupRead read;
            while ((read = _reader.Next()) != GroupRead.End)
            {
                if (read == GroupRead.Group && !_loader.TryLoad(batch, _reader, block, nowMs, ref stalled))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Absent, and yet not there? Mostly it is: while the batch was read, settling acquitted events of it, or the shipper let some leave
    // memory. So it is read once more, and only what is in no group is given up: the disk has lost it since it was written. What the
    // disk refuses to read may be readable another time.
    private void GiveUp(JournalBatch batch, long moment)
    {
        var there = FindAll(batch, out var unreadable);
        var missing = false;
        for (var index = 0; index < batch.EventCount; index++)
        {
            // In this order: an event that is struck out stops being absent first.
            if (there[index] || batch.IsInDoubt(index) || !batch.IsAbsent(index))
            {
                continue;
            }

            missing = true;
            if (unreadable)
            {
                break;
            }

            batch.RemoveAbsent(index);
            _batches.Leave(batch);
            _parts.Counters.CountDamaged(1);
        }

        if (!missing)
        {
            return;
        }

        batch.SkippedAt = moment;
        foreach (var place in batch.Places)
        {
            place.Segment.IsKept = true;
        }
    }

    private BitArray FindAll(JournalBatch batch, out bool unreadable)
    {
        var there = new BitArray(batch.EventCount);
        unreadable = false;
        foreach (var place in batch.Places)
        {
            _reader.Begin(place.Segment.File.Handle, place.Offset, place.HeaderOf(batch));
            GroupRead read;
            while ((read = _reader.Next()) != GroupRead.End)
            {
                for (var i = 0; read == GroupRead.Group && i < _reader.EventCount; i++)
                {
                    there[_reader.FirstEvent + i] = true;
                }
            }

            unreadable |= _reader.HasUnreadable;
        }

        return there;
    }
}
