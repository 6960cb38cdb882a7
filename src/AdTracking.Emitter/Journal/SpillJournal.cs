using System.Collections.Concurrent;
using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Journal.Files;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Memory;
using AdTracking.Emitter.Pipeline;
using AdTracking.Emitter.Reconciliation;

namespace AdTracking.Emitter.Journal;

/// <summary>The disk half of the queue, written only when Kafka does not acknowledge in time. One thread calls <see cref="Round"/>: it
/// spills what is overdue, takes what has left memory back when Kafka takes again, and deletes what is done. Another one calls <see
/// cref="Settler.Step"/>.</summary>
internal sealed class SpillJournal : IDisposable
{
    /// <summary>How long groups gather for a common sync while Kafka is known not to take anything, in milliseconds: a fast disk would
    /// otherwise be asked for a sync by every request.</summary>
    private const int GatherMs = 4;

    private readonly EventQueue _queue;
    private readonly PipelineOptions _options;
    private readonly Shipper _shipper;
    private readonly InFlightBudget _budget;
    private readonly Deliveries _deliveries;
    private readonly IJournalFiles _files;
    private readonly SegmentStore _segments;
    private readonly SpillTaker _taker;
    private readonly SpillWriter _writer;
    private readonly Spiller _spiller;
    private readonly ReadBack _readBack;
    private readonly JournalCounters _counters = new();
    private readonly ConcurrentQueue<QueueBlock> _blocks = new();
    private readonly List<JournalBatch> _done = [];
    private bool _refusing;
    private bool _blocked;

    /// <summary>Takes in what an earlier run has left.</summary>
    /// <exception cref="JournalException">The journal cannot be used.</exception>
    public SpillJournal(PipelineCore core, PipelineOptions options, IJournalFiles files, Func<IKafkaLog> createLog, JournalRules rules)
    {
        _queue = core.Queue;
        _options = options;
        _shipper = core.Shipper;
        _budget = core.Budget;
        _deliveries = core.Deliveries;
        _files = files;
        Marks = new Marks(core.Map, options.Topics);
        Questioned = new QuestionedEvents(_queue.Pool);
        var indexer = new BatchIndexer(_files, _queue, Batches, _counters);
        _segments = new SegmentStore(_files, _options, rules.BootId, _queue.Clock);
        _taker = new SpillTaker(_queue, Marks, Batches, rules);
        _writer = new SpillWriter(_queue, _segments, _counters, rules);
        _spiller = new Spiller(_queue, _options, _taker, _writer, Batches, _counters, GiveBack);
        _readBack = new ReadBack(_queue, core.Map, _shipper, Batches, indexer, _files, _writer, Marks, _counters);
        Settler = new Settler(new SettlerParts
        {
            Files = _files,
            Queue = _queue,
            Map = core.Map,
            Batches = Batches,
            Indexer = new BatchIndexer(_files, _queue, Batches, _counters),
            Counters = _counters,
            Marks = Marks,
            Names = _options.Topics,
            Rules = rules,
            SettleAfterMs = _options.SettleAfterMs,
            CreateLog = createLog,
            Settled = () => Notify(),
            Log = _options.Log,
        });
        Found = new Recovery(_files, _segments, Batches, _counters, _options, rules);
        try
        {
            Found.Look();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Batches that are not done.</summary>
    public BatchTable Batches { get; } = new();

    /// <summary>Events that a dead producer may have got into Kafka.</summary>
    public QuestionedEvents Questioned { get; }

    /// <summary>Settles what may be in Kafka already.</summary>
    public Settler Settler { get; }

    /// <summary>Makes marks.</summary>
    public Marks Marks { get; }

    /// <summary>What an earlier run has left.</summary>
    public Recovery Found { get; }

    /// <summary>Called when there is something to do; may be called by anybody.</summary>
    public Action Notify { get; set; } = () => { };

    /// <summary>Called when the shipper has something to fetch here.</summary>
    public Action NotifyShipper { get; set; } = () => { };

    /// <summary>The door refuses what comes: neither Kafka nor the disk takes it.</summary>
    public bool Refusing => Volatile.Read(ref _refusing);

    /// <summary>The disk did not take the last spill.</summary>
    public bool IsBlocked => Volatile.Read(ref _blocked);

    /// <summary>Whether the shipper has blocks to fetch.</summary>
    public bool HasBlocks => !_blocks.IsEmpty;

    /// <summary>Whether there is nothing to watch: no event in memory, no file on the disk.</summary>
    public bool IsIdle => _queue.WaitingBytes == 0 && Batches.Count == 0 && _segments.Count == 0 && !Found.IsPending;

    /// <summary>Whether every event that it ever held is done.</summary>
    public bool IsEmpty => !Found.IsPending && IsNothingReadBack && WaitingEvents == 0 && IsNothingReadBack;

    /// <summary>Events that are in the journal only.</summary>
    public long WaitingEvents => Batches.Waiting().Events;

    // Asked before and after the other half: events go both ways between the two.
    private bool IsNothingReadBack => _queue.Pool.ReadBackInUse == 0 && _blocks.IsEmpty;

    /// <summary>Says which cluster the events are for.</summary>
    public void SetCluster(string clusterId) => _writer.ClusterId = clusterId;

    /// <summary>A block that was read back, or that the disk did not take. The shipper's.</summary>
    public QueueBlock? TryTakeBlock() => _blocks.TryDequeue(out var block) ? block : null;

    /// <summary>The producer died with an event on its way, or lives and cannot tell: Kafka may have it.</summary>
    public unsafe void Question(ulong reference, EventHeader* header)
    {
        Settler.WaitAnew();
        Questioned.Add(reference, header);
    }

    /// <summary>Does what is to be done now; returns in how many milliseconds to come back, 0 to go on at once, -1 for when it is notified.</summary>
    public int Round()
    {
        var nowMs = _queue.Clock.NowMs;
        var busy = Found.TryTakeIn();
        busy |= Spill(nowMs);
        EvictQuestioned();
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
        _spiller.Run(_queue.Clock.NowMs);
        EvictQuestioned();
        ClearAway(all: true);
    }

    /// <summary>What it holds and has done.</summary>
    public JournalStats Snapshot()
    {
        // First: what is taken in between the two must not be missing from both.
        var unread = Found.Unread;
        (var events, var bytes, var oldestMs) = Batches.Waiting();
        return new JournalStats
        {
            Segments = _segments.Count,
            UnreadSegments = unread,
            Bytes = _segments.Bytes,
            BytesMax = _options.JournalBytesMax,
            WaitingEvents = events,
            WaitingBytes = bytes,
            QuestionableEvents = Batches.CountQuestionable(),
            OldestAgeMs = events == 0 ? 0 : Math.Max(0, _queue.Clock.UnixMs - oldestMs),
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
        Settler.Dispose();
        Found.Dispose();
        _segments.Close();
        _writer.Dispose();
        _files.Dispose();
    }

    // Overdue, or Kafka is known not to take anything: then nobody gains by waiting longer than for others to come along.
    private bool Spill(long nowMs)
    {
        var patienceMs = PatienceMs(nowMs);
        var age = _taker.OldestAgeMs(nowMs, patienceMs);
        var due = age >= patienceMs || (age >= 0 && Questioned.Count > 0) || _spiller.HasPending;
        var spilled = due && !_spiller.IsResting(nowMs) && _spiller.Run(nowMs);
        var blocked = _spiller.Error != 0;
        Volatile.Write(ref _blocked, blocked);
        Volatile.Write(ref _refusing, blocked && due && (age >= _options.SyncAfterMs || !IsKafkaTaking(nowMs)));
        return spilled;
    }

    private int PatienceMs(long nowMs) => IsKafkaTaking(nowMs) ? _options.SyncAfterMs : Math.Min(GatherMs, _options.SyncAfterMs);

    private bool IsKafkaTaking(long nowMs) =>
        !_shipper.IsWaiting && (_budget.Events == 0 || nowMs - Math.Max(_deliveries.DeliveredAtMs, _budget.BusySinceMs) < _options.SyncAfterMs);

    private void EvictQuestioned()
    {
        if (Questioned.Count == 0)
        {
            return;
        }

        lock (Settler.Gate)
        {
            if (!Settler.IsRunning)
            {
                Questioned.Evict(_queue, Batches);
            }
        }
    }

    private bool ReadBackBlock(long nowMs)
    {
        if (!IsKafkaTaking(nowMs) || _readBack.Fill(nowMs) is not { } block)
        {
            return false;
        }

        GiveBack(block);
        return true;
    }

    private void GiveBack(QueueBlock block)
    {
        _blocks.Enqueue(block);
        NotifyShipper();
    }

    private void ClearAway(bool all)
    {
        if (Batches.HasDone)
        {
            Batches.TakeDone(_done);
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
            return error == -Errno.NoSpace && _segments.Bytes + _options.JournalSegmentBytes > _options.JournalBytesMax
                ? $"The journal holds {_segments.Bytes} of {_options.JournalBytesMax} bytes (Journal:BytesMax)."
                : $"The journal cannot be written: {Errno.Text(error)}.";
        }

        return _readBack.Error is var refused and not 0 ? $"Events stay in the journal, since their notes cannot be written: {Errno.Text(refused)}." : null;
    }
}
