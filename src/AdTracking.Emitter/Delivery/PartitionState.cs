using AdTracking.Queue;

namespace AdTracking.Emitter.Delivery;

/// <summary>One partition as the shipper sees it: the events that wait for it, what it has in flight, and whether it takes
/// anything.</summary>
internal sealed class PartitionState
{
    private const int BackOffMsMin = 50;
    private const int BackOffMsMax = 2_000;
    private const int SearchEventsMax = 1_024;
    private int _inFlightEvents;
    private long _inFlightBytes;
    private int _backlogInFlight;
    private long _ackedOffset = NotListed;
    private long _listedOffset = NotListed;
    private long _progressAtMs;
    private long _retryAtMs;
    private int _backOffMs;
    private int _batchLimit;
    private bool _stalled;

    /// <summary>Stands for an offset that is not known.</summary>
    public const long NotListed = long.MinValue;

    public PartitionState(EventTopic topic, int partition, int index)
    {
        Topic = topic;
        Partition = partition;
        Index = index;
        Live = new EventList(this);
        Backlog = new EventList(this);
    }

    public EventTopic Topic { get; }

    public int Partition { get; }

    /// <summary>Place in the table and in marks.</summary>
    public int Index { get; }

    /// <summary>Events that wait, in the order in which they came.</summary>
    public EventList Live { get; }

    /// <summary>Events that were read back from the journal and wait behind the live ones.</summary>
    public EventList Backlog { get; }

    /// <summary>Events that wait.</summary>
    public int Pending => Live.Count + Backlog.Count;

    /// <summary>Of the events in flight, those that were read back from the journal.</summary>
    public int BacklogInFlight => Volatile.Read(ref _backlogInFlight);

    /// <summary>Nothing is handed over before this time. Written by shipper and delivery thread; either's back-off will do.</summary>
    public long RetryAtMs => Interlocked.Read(ref _retryAtMs);

    /// <summary>0, or how many events may be handed over together, and only while none is in flight: the search for the one record that
    /// spoils a batch. Kafka's answer counts for a record only when it was alone.</summary>
    public int BatchLimit
    {
        get => Volatile.Read(ref _batchLimit);
        set => Volatile.Write(ref _batchLimit, value);
    }

    /// <summary>Takes nothing, or nothing more, for longer than a hiccup. Request threads read it when the door asks.</summary>
    public bool Stalled
    {
        get => Volatile.Read(ref _stalled);
        set => Volatile.Write(ref _stalled, value);
    }

    public int InFlightEvents => Volatile.Read(ref _inFlightEvents);

    public long InFlightBytes => Interlocked.Read(ref _inFlightBytes);

    /// <summary>The highest offset that a report named, or what <see cref="List"/> was told; marks are copies of it. <see
    /// cref="NotListed"/> before either.</summary>
    public long AckedOffset => Interlocked.Read(ref _ackedOffset);

    /// <summary>The offset that it was listed with: everything that this process ever handed over here is above it.</summary>
    public long ListedOffset => Interlocked.Read(ref _listedOffset);

    /// <summary>Whether marks have an offset for it. While they have none, a journal lets nothing be handed over.</summary>
    public bool IsListed => AckedOffset != NotListed;

    /// <summary>When it last acknowledged something, or was last given something while it had nothing.</summary>
    public long ProgressAtMs
    {
        get => Interlocked.Read(ref _progressAtMs);
        set => Interlocked.Exchange(ref _progressAtMs, value);
    }

    public void AddInFlight(int events, long bytes)
    {
        Interlocked.Add(ref _inFlightEvents, events);
        Interlocked.Add(ref _inFlightBytes, bytes);
    }

    public void AddBacklogInFlight(int events) => Interlocked.Add(ref _backlogInFlight, events);

    /// <summary>Says where the log ended before anything was handed over: the offset of its last record, -1 for an empty one.</summary>
    public void List(long lastOffset)
    {
        Interlocked.CompareExchange(ref _listedOffset, lastOffset, NotListed);
        Interlocked.CompareExchange(ref _ackedOffset, lastOffset, NotListed);
    }

    /// <summary>It took something again.</summary>
    public void Progress(long nowMs)
    {
        ProgressAtMs = nowMs;
        _backOffMs = 0;
    }

    /// <summary>It refused: nothing is handed over for a while, from 50 ms on and doubling up to two seconds.</summary>
    public void BackOff(long nowMs)
    {
        _backOffMs = Math.Clamp(_backOffMs * 2, BackOffMsMin, BackOffMsMax);
        Interlocked.Exchange(ref _retryAtMs, nowMs + _backOffMs);
    }

    /// <summary>A batch of this many was refused for a record of it: half as many at a time from now on.</summary>
    public void NarrowSearch(int suspects)
    {
        var limit = BatchLimit == 0 ? suspects : Math.Min(BatchLimit, suspects);
        BatchLimit = Math.Max(1, limit / 2);
    }

    /// <summary>A batch passed: twice as many at a time, and soon no limit.</summary>
    public void WidenSearch()
    {
        if (BatchLimit > 0)
        {
            BatchLimit = BatchLimit >= SearchEventsMax ? 0 : BatchLimit * 2;
        }
    }

    /// <summary>Moves the acknowledged offset up; only the delivery thread does. A report without an offset (-1) moves nothing.</summary>
    public void Acknowledge(long offset)
    {
        if (offset >= 0 && offset > AckedOffset)
        {
            Interlocked.Exchange(ref _ackedOffset, offset);
        }
    }
}
