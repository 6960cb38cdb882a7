using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>What is known in memory of one spill batch. It consists of parts that are not done: groups that are still in memory, and events
/// that are in the journal only. When the last one is done, the batch is, and its segment may go when all its batches are.</summary>
internal sealed class JournalBatch
{
    private BatchBits _absent;
    private BatchBits _inDoubt;
    private int _parts = 1;
    private int _state;
    private int _changes;
    private bool _isIndexed;

    /// <summary>A batch of a spill, which holds itself until it is stored; or one that the start found.</summary>
    public JournalBatch(ulong id, BlockKind kind, long timeMs)
    {
        Id = id;
        Kind = kind;
        TimeMs = timeMs;
    }

    /// <summary>Random, never 0; the same in every copy.</summary>
    public ulong Id { get; }

    /// <summary>Shipping or waiting: whether its events may have been handed over before any note was written.</summary>
    public BlockKind Kind { get; }

    /// <summary>When it was taken, milliseconds from 1970.</summary>
    public long TimeMs { get; }

    /// <summary>Its place in the table, which groups in memory name.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Events as first taken; indexes of events run up to here.</summary>
    public int EventCount { get; set; }

    /// <summary>Groups as first taken.</summary>
    public int GroupCount { get; set; }

    /// <summary>Bytes of its copies on the disk.</summary>
    public long Bytes { get; set; }

    /// <summary>Where it stands. More than one when it was written anew after a failure.</summary>
    public BatchPlace[] Places { get; set; } = [];

    /// <summary>Whether its note is written, so that its events may be handed over. Shipping batches need none.</summary>
    public bool IsNoted { get; set; }

    /// <summary>Bytes that the side file of the last of its places keeps for its note.</summary>
    public int NotePromise { get; set; }

    /// <summary>Whether it is known which of its events can be read. One that the start found is not indexed before it is read: until then
    /// all its events count as absent.</summary>
    public bool IsIndexed
    {
        get => Volatile.Read(ref _isIndexed);
        set => Volatile.Write(ref _isIndexed, value);
    }

    /// <summary>Of a batch that the start found: whether its events may have been handed over before.</summary>
    public bool StartsInDoubt { get; set; }

    /// <summary>The <see cref="Moment"/> at which nothing of it could be read back.</summary>
    public long SkippedAt { get; set; } = -1;

    /// <summary>How far it has come.</summary>
    public BatchState State
    {
        get => (BatchState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }

    /// <summary>Events that are in the journal only.</summary>
    public int Absent => IsIndexed ? _absent.Count : EventCount;

    /// <summary>Of these, events that may be in Kafka already.</summary>
    public int InDoubt => IsIndexed ? _inDoubt.Count : StartsInDoubt ? EventCount : 0;

    /// <summary>Whether events are in the journal only that need not be looked for. Other threads move both counts meanwhile: an event that
    /// is struck out stops being absent first, so in this order the answer is never a wrong yes.</summary>
    public bool HasReadable
    {
        get
        {
            var inDoubt = InDoubt;
            return Absent > inDoubt;
        }
    }

    /// <summary>Stands for what can be read back of it: it changes when a partition recovers, when an event leaves memory, and when one
    /// turns out not to be in Kafka. Taken before the batch is read, so that nothing is missed that happens meanwhile.</summary>
    public long Moment(int recoveries) => ((long)recoveries << 32) | (uint)Volatile.Read(ref _changes);

    /// <summary>Makes room for its events.</summary>
    public void Reserve(int events)
    {
        _absent.Reserve(events);
        _inDoubt.Reserve(events);
    }

    /// <summary>Whether an event is in the journal only.</summary>
    public bool IsAbsent(int index) => _absent[index];

    /// <summary>Whether an event has to be looked for in Kafka before it is sent.</summary>
    public bool IsInDoubt(int index) => _inDoubt[index];

    /// <summary>One part more that is not done.</summary>
    public void Enter() => Interlocked.Increment(ref _parts);

    /// <summary>One part is done. True when it was the last.</summary>
    public bool Leave()
    {
        var left = Interlocked.Decrement(ref _parts);
        Invariant.Holds(left >= 0, "a batch has no fewer parts than none");
        return left == 0;
    }

    /// <summary>An event is in the journal only from now on; it is a part of its own.</summary>
    public void AddAbsent(int index, bool inDoubt)
    {
        if (inDoubt)
        {
            Invariant.Holds(_inDoubt.Set(index), "an event is questioned once");
        }

        Enter();
        Invariant.Holds(_absent.Set(index), "an event leaves memory once");
        Interlocked.Increment(ref _changes);
    }

    /// <summary>An absent event is read back, struck out or given up; its part ends with the caller's <see cref="Leave"/>.</summary>
    public void RemoveAbsent(int index)
    {
        Invariant.Holds(_absent.Clear(index), "an event that comes back was absent");
        _inDoubt.Clear(index);
    }

    /// <summary>Kafka does not hold the event: it may be sent.</summary>
    public void ClearInDoubt(int index)
    {
        _inDoubt.Clear(index);
        Interlocked.Increment(ref _changes);
    }
}
