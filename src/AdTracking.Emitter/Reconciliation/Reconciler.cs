using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Logging;
using AdTracking.Queue.Journal;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>Reconciles what may be in Kafka already, after a crash or the death of a producer: reads each partition's log from the marks to
/// its end, strikes out what is there, and leaves the rest to be sent. One thread calls <see cref="Step"/>; intake and shipping go on. The
/// end is listed once, no sooner than the <see cref="ReconcileGate"/> allows, and a reading always goes to that end: timestamps of records
/// prove nothing.</summary>
internal sealed class Reconciler : IDisposable
{
    private const int DigestsMax = 4_096;
    private const int TimeoutMs = 5_000;
    private const int GiveUpAfterMs = 30_000;
    private const int RetryAfterMs = 1_000;
    private readonly ReconcilerParts _parts;
    private readonly GroupReader _reader;
    private readonly ReconcileMarks _marks;
    private EventDigest[] _digests = [];
    private readonly List<JournalBatch> _waiting = [];
    private IKafkaLog? _log;
    private int _announced;
    private ReconcileReading? _reading;
    private PartitionTable _table = PartitionTable.Empty;
    private LogPartition[] _partitions = [];
    private long[] _ends = [];
    private long _position;
    private long _stuckSinceMs = -1;
    private int _next;
    private int _partition = -1;

    public Reconciler(ReconcilerParts parts)
    {
        _parts = parts;
        _reader = new GroupReader(parts.Files);
        _marks = new ReconcileMarks(parts.Files, parts.Rules.BootId);
    }

    /// <summary>Does the next bit of work. Returns how long nothing is to be done, in milliseconds; 0 to go on at once.</summary>
    public int Step()
    {
        var nowMs = _parts.Clock.NowMs;
        if (!_parts.Gate.IsRunning)
        {
            return TryBegin(nowMs);
        }

        if (_reading is null)
        {
            return BeginReading();
        }

        if (_partition < 0)
        {
            return NextPartition(nowMs);
        }

        return Read(nowMs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log?.Dispose();
        _log = null;
    }

    private int TryBegin(long nowMs)
    {
        var table = _parts.Map.Current;
        if (nowMs < _parts.Gate.NotBeforeMs || !table.IsComplete || _parts.Batches.CountInDoubt() == 0)
        {
            return RetryAfterMs;
        }

        _table = table;
        _partitions = new LogPartition[table.All.Length];
        for (var i = 0; i < _partitions.Length; i++)
        {
            _partitions[i] = new LogPartition(table.All[i].Topic, table.All[i].Partition);
        }

        lock (_parts.Gate.Lock)
        {
            if (_parts.Clock.NowMs < _parts.Gate.NotBeforeMs)
            {
                return RetryAfterMs;
            }

            _parts.Gate.IsRunning = true;
            _waiting.Clear();
            _parts.Batches.CopyInDoubt(_waiting);
        }

        _log ??= _parts.CreateLog();
        _ends = new long[_partitions.Length];
        _log.ListEnds(_partitions, _ends, TimeoutMs);
        _parts.Marks.ReadTopicIds(_log, TimeoutMs);
        _next = 0;
        if (Array.TrueForAll(_ends, end => end < 0))
        {
            return End(retry: true);
        }

        // It begins again every second while a topic is away.
        if (_waiting.Count != _announced)
        {
            _announced = _waiting.Count;
            EmitterLog.ReconciliationBegins(_parts.Logger, _announced);
        }

        return 0;
    }

    private int BeginReading()
    {
        if (_next == _waiting.Count)
        {
            return End(_parts.Batches.CountInDoubt() > 0);
        }

        long wanted = 0;
        for (var i = _next; i < _waiting.Count && wanted < _parts.Rules.ReadingEventsMax; i++)
        {
            wanted += _waiting[i].InDoubt;
        }

        _marks.Clear();
        if (_digests.Length == 0)
        {
            _digests = new EventDigest[Math.Min(DigestsMax, _parts.Rules.ReadingEventsMax)];
        }

        _reading = new ReconcileReading(
            (int)Math.Clamp(wanted, _waiting[_next].InDoubt, Math.Max(_waiting[_next].InDoubt, _parts.Rules.ReadingEventsMax)),
            _table, _parts.Marks, _parts.Queue, _parts.Batches, _parts.Counters, _reader);
        for (; _next < _waiting.Count && _reading.HasRoomFor(_waiting[_next]); _next++)
        {
            var batch = _waiting[_next];
            if (!batch.IsIndexed)
            {
                _parts.Indexer.Index(batch);
            }

            // Of which nothing could be read is done by now, and its segment perhaps gone.
            if (batch.InDoubt > 0)
            {
                _reading.Add(batch, _marks);
            }
        }

        if (_reading.Unfindable > 0)
        {
            EmitterLog.TopicMadeAnew(_parts.Logger, _reading.Unfindable);
        }

        _partition = -1;
        return NextPartition(_parts.Clock.NowMs);
    }

    // Positions the log at the next partition that has to be read; at the end of the last one the reading's result is worked in.
    private int NextPartition(long nowMs)
    {
        var plan = _reading!.Plan;
        for (var i = _partition < 0 ? 0 : _partition + 1; i < _partitions.Length; i++)
        {
            if (!plan.IsNeeded(i))
            {
                continue;
            }

            if (!TryPosition(i, plan))
            {
                continue;
            }

            _partition = i;
            _stuckSinceMs = nowMs;
            return 0;
        }

        _reading.ClearInDoubt();
        _reading = null;
        _partition = -1;
        return 0;
    }

    private bool TryPosition(int index, ReconcilePlan plan)
    {
        var partition = _partitions[index];
        var start = One((log, one, result) => log.ListStarts(one, result, TimeoutMs), partition);
        var from = plan.From(index);
        if (plan.SinceMs(index) != long.MaxValue)
        {
            var atTime = One((log, one, result) => log.ListAtTime(one, plan.SinceMs(index), result, TimeoutMs), partition);
            from = atTime < 0 ? -1 : Math.Min(from, atTime);
        }

        if (start < 0 || from < 0 || _ends[index] < 0)
        {
            _reading!.GiveUp(index);
            return false;
        }

        var name = _parts.Names[partition.Topic];
        if (from < start)
        {
            EmitterLog.LogDeleted(_parts.Logger, name, partition.Partition, from);
        }

        if (from > _ends[index])
        {
            EmitterLog.LogCut(_parts.Logger, name, partition.Partition, _ends[index], from);
        }

        _position = Math.Max(from, start);
        if (_position >= _ends[index])
        {
            return false;
        }

        _log!.Seek(partition, _position);
        return true;
    }

    private int Read(long nowMs)
    {
        var read = _log!.Read(_digests, TimeoutMs);
        _reading!.Strike(_partitions[_partition].Topic, _digests.AsSpan(0, read.Count));
        if (read.NextOffset > _position || read.Count > 0)
        {
            _stuckSinceMs = nowMs;
        }

        _position = Math.Max(_position, read.NextOffset);
        if (_position >= _ends[_partition])
        {
            return NextPartition(nowMs);
        }

        if (read.Status == LogReadStatus.OutOfRange || nowMs - _stuckSinceMs >= GiveUpAfterMs)
        {
            _reading.GiveUp(_partition);
            return NextPartition(nowMs);
        }

        return read.Status == LogReadStatus.TryAgain ? 100 : 0;
    }

    private int End(bool retry)
    {
        lock (_parts.Gate.Lock)
        {
            _parts.Gate.IsRunning = false;
        }

        _reading = null;
        _digests = [];
        _waiting.Clear();
        _parts.Journal.Notify();
        if (retry)
        {
            return RetryAfterMs;
        }

        Dispose();
        _announced = 0;
        EmitterLog.Reconciled(_parts.Logger, _parts.Counters.StruckOut);
        return 0;
    }

    private long One(ListOne list, LogPartition partition)
    {
        long offset = -1;
        list(_log!, [partition], new Span<long>(ref offset));
        return offset;
    }

    private delegate void ListOne(IKafkaLog log, ReadOnlySpan<LogPartition> partition, Span<long> result);
}
