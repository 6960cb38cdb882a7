using AdTracking.Kafka.Connections;
using AdTracking.Kafka.Records;

namespace AdTracking.Kafka.Producing;

/// <summary>A partition: its leader, what waits, and the batches that have sequence numbers.</summary>
/// <remarks>
/// The rules that keep order and identity:
/// <code>
/// 1. A batch keeps its identity until it has a final answer, or certainly is not stored.
/// 2. From a batch's first failure to its final answer, one batch at a time is under way, the oldest first: a broker remembers the
///    last five batches, and with more behind it, it would not recognise this one. The same holds until the leader has acknowledged
///    something: a leader that does not know the producer takes any sequence number as its first, so a second batch could be stored
///    without the first.
/// 3. What is answered behind a refused batch is not stored either: the leader knows the producer (2) and takes no gap, and one
///    connection is served in order. When all of it has been answered, the records go back and get the refused sequence numbers.
///    Where an answer is lost meanwhile, the producer ends: the broker could store the batch later, when its number fits again.
/// 4. What is under way is all on one connection; a new leader gets nothing before it has been answered or cut.
/// </code>
/// </remarks>
internal sealed class ProducerPartition(ProducerTopic topic, int index, Backoff backoff)
{
    private int _recordsMax = int.MaxValue;
    private bool _isRewinding;
    private int _rewindTo;
    private long _acknowledgedAtMs = long.MinValue;

    /// <summary>The topic.</summary>
    public ProducerTopic Topic => topic;

    /// <summary>The partition's number.</summary>
    public int Index => index;

    /// <summary>The leader's node id, or -1.</summary>
    public int LeaderId { get; set; } = -1;

    /// <summary>The leader's epoch, or -1.</summary>
    public int LeaderEpoch { get; set; } = -1;

    /// <summary>Records without a sequence number.</summary>
    public RecordQueue Queue { get; } = new();

    /// <summary>Batches with one, in its order.</summary>
    public List<OpenBatch> Open { get; } = [];

    /// <summary>How many of them are under way.</summary>
    public int InFlight { get; private set; }

    /// <summary>Where they are under way.</summary>
    public int InFlightNode { get; private set; }

    /// <summary>The next record's sequence number.</summary>
    public int NextSequence { get; private set; }

    /// <summary>Nothing is sent before this.</summary>
    public long RetryAtMs { get; private set; }

    /// <summary>Whether a batch was refused and what is behind it has not been answered yet.</summary>
    public bool IsRewinding => _isRewinding;

    /// <summary>Most records of the next batch: less than all while Kafka refuses batches without naming records.</summary>
    public int RecordsMax => _recordsMax;

    /// <summary>Whether something waits to be sent again.</summary>
    public bool HasWaiting => FirstWaiting is not null;

    /// <summary>Whether a batch has no final answer after its first try.</summary>
    public bool HasRetry => Open.Exists(batch => batch.IsRetry);

    /// <summary>Whether a batch behind this one had no answer to one of its tries.</summary>
    public bool HasLostBehind(OpenBatch batch) => Open.FindIndex(Open.IndexOf(batch) + 1, later => later.IsLost) >= 0;

    /// <summary>Whether a request to that node may carry a batch of this partition now.</summary>
    public bool MaySendTo(int node, long nowMs, int inFlightMax, int forgottenAfterMs)
    {
        if (LeaderId != node || _isRewinding || nowMs < RetryAtMs || (InFlight > 0 && InFlightNode != node))
        {
            return false;
        }

        var isCareful = _acknowledgedAtMs == long.MinValue || nowMs - _acknowledgedAtMs > forgottenAfterMs || HasRetry;
        return InFlight < (isCareful ? 1 : inFlightMax) && (HasWaiting || Queue.Count > 0);
    }

    /// <summary>The oldest batch that waits, or null.</summary>
    public OpenBatch? FirstWaiting => Open.Find(batch => batch.State == BatchState.Waiting);

    /// <summary>Gives the next sequence numbers to a new batch.</summary>
    public void AddOpen(OpenBatch batch)
    {
        batch.BaseSequence = NextSequence;
        batch.SequenceCount = batch.Records.Count;
        NextSequence = BatchIdentity.Later(NextSequence, batch.SequenceCount);
        Open.Add(batch);
    }

    /// <summary>Counts a batch as under way.</summary>
    public void Send(OpenBatch batch, int node)
    {
        batch.State = BatchState.InFlight;
        InFlight++;
        InFlightNode = node;
    }

    /// <summary>Counts a batch as not under way any more: every answer begins with this. A batch behind a refused one is undone
    /// (rule 3).</summary>
    public void Land(OpenBatch batch)
    {
        InFlight--;
        batch.State = _isRewinding ? BatchState.Undone : BatchState.Waiting;
        batch.IsRetry = true;
    }

    /// <summary>A batch was stored.</summary>
    public void Acknowledge(OpenBatch batch, long nowMs)
    {
        _ = Open.Remove(batch);
        _acknowledgedAtMs = nowMs;
        _recordsMax = (int)Math.Min(int.MaxValue, 2L * _recordsMax);
        backoff.Succeed();
        if (_isRewinding)
        {
            _rewindTo = BatchIdentity.Later(batch.BaseSequence, batch.SequenceCount);
        }
    }

    /// <summary>A batch was refused and is certainly not stored; its records are what is left of it.</summary>
    public void Undo(OpenBatch batch)
    {
        if (!_isRewinding)
        {
            _isRewinding = true;
            _rewindTo = batch.BaseSequence;
        }

        batch.State = BatchState.Undone;
        foreach (var later in Open.Skip(Open.IndexOf(batch)).Where(later => later.State == BatchState.Waiting))
        {
            later.State = BatchState.Undone;
        }
    }

    /// <summary>Makes the next batches half as large as one that was refused.</summary>
    public void Halve(OpenBatch batch) => _recordsMax = Math.Max(1, batch.Records.Count / 2);

    /// <summary>Waits before the next try.</summary>
    public void BackOff(long nowMs)
    {
        if (RetryAtMs <= nowMs)
        {
            RetryAtMs = nowMs + backoff.Fail();
        }
    }

    /// <summary>Does not wait: the answer named the new leader.</summary>
    public void RetryNow() => RetryAtMs = 0;

    /// <summary>The topic was deleted and created again: its leader knows nothing of this producer.</summary>
    public void Forget()
    {
        _acknowledgedAtMs = long.MinValue;
        LeaderEpoch = -1;
    }

    /// <summary>Once nothing is under way behind a refused batch, gives what is left back to the queue.</summary>
    public void SettleUndone(Stack<OpenBatch> free)
    {
        if (!_isRewinding || InFlight > 0)
        {
            return;
        }

        for (var i = Open.Count - 1; i >= 0; i--)
        {
            var batch = Open[i];
            if (batch.State == BatchState.Undone)
            {
                Queue.AddFirst(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Records));
                Open.RemoveAt(i);
                free.Push(batch);
            }
        }

        NextSequence = _rewindTo;
        _isRewinding = false;
    }
}
