using AdTracking.Queue.Journal.Files;

namespace AdTracking.Queue.Journal;

/// <summary>The disk half of the queue, written only when Kafka does not acknowledge in time. One thread calls <see cref="Round"/>: it
/// spills what is overdue, takes what has left memory back when Kafka takes again, and deletes what is done.</summary>
internal sealed class SpillJournal : IDisposable
{
    /// <summary>How long groups gather for a common sync while Kafka is known not to take anything, in milliseconds: a fast disk would
    /// otherwise be asked for a sync by every request.</summary>
    private const int GatherMs = 4;

    private readonly JournalParts _parts;
    private readonly JournalOptions _options;
    private readonly BatchTable _batches;
    private readonly InDoubtEvents _inDoubt;
    private readonly JournalCounters _counters;
    private readonly SegmentStore _segments;
    private readonly SpillTaker _taker;
    private readonly SpillWriter _writer;
    private readonly Spiller _spiller;
    private readonly ReadBack _readBack;
    private readonly List<JournalBatch> _done = [];
    private bool _refusing;

    /// <summary>A journal that has not looked at its files yet.</summary>
    public SpillJournal(JournalParts parts, JournalOptions options)
    {
        _parts = parts;
        _options = options;
        _batches = parts.Batches;
        _inDoubt = parts.InDoubt;
        _counters = parts.Counters;
        _segments = new SegmentStore(parts.Files, options, parts.Rules.BootId, parts.Clock);
        _taker = new SpillTaker(parts.Clock, parts.Queue, parts.Pool, parts.Marks, _batches, parts.Rules);
        _writer = new SpillWriter(parts.Clock, parts.Pool, _segments, _counters, parts.Rules);
        _spiller = new Spiller(parts, options.Ack, _taker, _writer);
        _readBack = new ReadBack(parts, _writer);
        Found = new Recovery(parts.Files, _segments, _batches, _counters, options, parts.Rules);
    }

    /// <summary>What an earlier run has left.</summary>
    public Recovery Found { get; }

    /// <summary>The door refuses what comes: neither Kafka nor the disk takes it.</summary>
    public bool Refusing => Volatile.Read(ref _refusing);

    /// <summary>Whether there is nothing to watch: no event in memory, no file on the disk.</summary>
    public bool IsIdle => _parts.Queue.WaitingBytes == 0 && _batches.Count == 0 && _segments.Count == 0 && !Found.IsPending;

    /// <summary>Whether every event that it ever held is done.</summary>
    public bool IsEmpty => !Found.IsPending && IsNothingReadBack && WaitingEvents == 0 && IsNothingReadBack;

    /// <summary>Events that are in the journal only.</summary>
    public long WaitingEvents => _batches.Waiting().Events;

    // Asked before and after the other half: events go both ways between the two.
    private bool IsNothingReadBack => _parts.Pool.ReadBackInUse == 0 && _parts.Blocks.IsEmpty;

    /// <summary>Says which cluster the events are for.</summary>
    public void SetCluster(string clusterId) => _writer.ClusterId = clusterId;

    /// <summary>Does what is to be done now; returns in how many milliseconds to come back, 0 to go on at once, -1 for when it is notified.</summary>
    public int Round()
    {
        var nowMs = _parts.Clock.NowMs;
        var busy = Found.TryAdopt();
        busy |= Spill(nowMs);
        EvictInDoubt();
        busy |= ReadBackBlock(nowMs);
        ClearAway(all: false);
        _spiller.SyncLazily(nowMs);
        if (busy)
        {
            return 0;
        }

        return IsIdle ? -1 : Math.Max(1, PatienceMs(nowMs) / 4);
    }

    /// <summary>At the end: everything that is not finished goes to the disk, whether anybody waits for it or not.</summary>
    public void SpillRest()
    {
        _spiller.Run(_parts.Clock.NowMs);
        EvictInDoubt();
        ClearAway(all: true);
    }

    /// <summary>What it holds and has done.</summary>
    public JournalStats Snapshot()
    {
        // First: what is taken in between the two must not be missing from both.
        var unread = Found.Unread;
        (var events, var bytes, var oldestMs) = _batches.Waiting();
        return new JournalStats
        {
            Segments = _segments.Count,
            UnreadSegments = unread,
            Bytes = _segments.Bytes,
            BytesMax = _options.BytesMax,
            WaitingEvents = events,
            WaitingBytes = bytes,
            QuestionableEvents = _batches.CountInDoubt(),
            OldestAgeMs = events == 0 ? 0 : Math.Max(0, _parts.Clock.UnixMs - oldestMs),
            SpilledEvents = _counters.SpilledEvents,
            Spills = _counters.Spills,
            Syncs = _counters.Syncs,
            Errors = _counters.Errors,
            RecoveredEvents = _counters.Recovered,
            StruckOutEvents = _counters.StruckOut,
            DamagedEvents = _counters.Damaged,
            Problem = Problem(),
            Refusing = Refusing,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Found.Dispose();
        _segments.Close();
        _writer.Dispose();
        _parts.Files.Dispose();
    }

    // Overdue, or Kafka is known not to take anything: then nobody gains by waiting longer than for others to come along.
    private bool Spill(long nowMs)
    {
        var patienceMs = PatienceMs(nowMs);
        var age = _taker.OldestAgeMs(nowMs, patienceMs);
        var due = age >= patienceMs || (age >= 0 && _inDoubt.Count > 0) || _spiller.HasPending;
        var spilled = due && !_spiller.IsResting(nowMs) && _spiller.Run(nowMs);
        var blocked = _spiller.Error != 0;
        _parts.Blocks.IsBlocked = blocked;
        Volatile.Write(ref _refusing, blocked && due && (age >= _options.SyncAfterMs || !IsKafkaTaking(nowMs)));
        return spilled;
    }

    private int PatienceMs(long nowMs) => IsKafkaTaking(nowMs) ? _options.SyncAfterMs : Math.Min(GatherMs, _options.SyncAfterMs);

    private bool IsKafkaTaking(long nowMs) => _parts.Health.IsKafkaTaking(nowMs, _options.SyncAfterMs);

    private void EvictInDoubt()
    {
        if (_inDoubt.Count == 0)
        {
            return;
        }

        lock (_parts.Gate.Lock)
        {
            if (!_parts.Gate.IsRunning)
            {
                _inDoubt.Evict(_parts.Queue, _batches);
            }
        }
    }

    private bool ReadBackBlock(long nowMs)
    {
        if (!IsKafkaTaking(nowMs) || _readBack.Fill(nowMs) is not { } block)
        {
            return false;
        }

        _parts.Blocks.Add(block);
        return true;
    }

    private void ClearAway(bool all)
    {
        if (_batches.HasDone)
        {
            _batches.TakeDone(_done);
            foreach (var batch in _done)
            {
                foreach (var place in batch.Places)
                {
                    place.Segment.LiveBatches--;
                }
            }

            _done.Clear();
        }

        for (var failed = _segments.DeleteDone(all); failed > 0; failed--)
        {
            _counters.CountError();
        }
    }

    private string? Problem()
    {
        if (_spiller.Error is var error and not 0)
        {
            return error == -Errno.NoSpace && _segments.Bytes + _options.SegmentBytes > _options.BytesMax
                ? $"The journal holds {_segments.Bytes} of {_options.BytesMax} bytes (JournalBytesMax)."
                : $"The journal cannot be written: {Errno.Text(error)}.";
        }

        return _readBack.Error is var refused and not 0 ? $"Events stay in the journal, since their notes cannot be written: {Errno.Text(refused)}." : null;
    }
}
