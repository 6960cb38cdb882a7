using AdTracking.Emitter.Delivery;
using AdTracking.Queue;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>Where a reading begins in each partition, and which partitions it has to read: the lowest of the marks of all batches whose
/// events it looks for.</summary>
internal sealed class ReconcilePlan
{
    /// <summary>Events that were handed over before a batch was spilled may carry a clock that is behind ours by so much.</summary>
    private const long ClockSkewMs = 10 * 60 * 1000;

    private readonly PartitionTable _table;
    private readonly Marks _marks;
    private readonly long[] _from;
    private readonly long[] _sinceMs;
    private readonly bool[] _needed;
    private int _grown;

    public ReconcilePlan(PartitionTable table, Marks marks)
    {
        _table = table;
        _marks = marks;
        _from = new long[table.All.Length];
        _sinceMs = new long[table.All.Length];
        _needed = new bool[table.All.Length];
        Array.Fill(_from, long.MaxValue);
        Array.Fill(_sinceMs, long.MaxValue);
    }

    /// <summary>Whether the partition has to be read.</summary>
    public bool IsNeeded(int index) => _needed[index];

    /// <summary>Whether events of the topic may be in other partitions than they would be sent to now.</summary>
    public bool HasGrown(EventTopic topic) => (_grown & (1 << (int)topic)) != 0;

    /// <summary>The offset to read from; <see cref="long.MaxValue"/> when only <see cref="SinceMs"/> says anything.</summary>
    public long From(int index) => _from[index];

    /// <summary>The time to read from, milliseconds from 1970; <see cref="long.MaxValue"/> when an offset is known for every batch.</summary>
    public long SinceMs(int index) => _sinceMs[index];

    /// <summary>Whether the topic of a mark is still the same one: of a topic that was made anew nothing can be found.</summary>
    public bool IsSameTopic(JournalMark mark, EventTopic topic)
    {
        var then = mark.Find(topic)?.TopicId ?? Guid.Empty;
        var now = _marks.TopicId(topic);
        return then == Guid.Empty || now == Guid.Empty || then == now;
    }

    /// <summary>An event of a batch with this mark is looked for.</summary>
    public void Need(JournalMark mark, long batchTimeMs, EventTopic topic, uint keyHash)
    {
        var count = _table.Count(topic);
        if (mark.Find(topic)?.Offsets.Length == count)
        {
            Need(mark, batchTimeMs, _table.Locate(topic, keyHash));
            return;
        }

        // The topic has grown since, or nothing is known: it may be in any partition.
        _grown |= 1 << (int)topic;
        foreach (var partition in _table.All)
        {
            if (partition.Topic == topic && partition.Partition < count)
            {
                Need(mark, batchTimeMs, partition);
            }
        }
    }

    private void Need(JournalMark mark, long batchTimeMs, PartitionState partition)
    {
        _needed[partition.Index] = true;
        var bound = mark.OffsetOf(partition.Topic, partition.Partition);
        if (bound == JournalMark.Unknown)
        {
            _sinceMs[partition.Index] = Math.Min(_sinceMs[partition.Index], batchTimeMs - ClockSkewMs);
        }
        else
        {
            _from[partition.Index] = Math.Min(_from[partition.Index], bound + 1);
        }
    }
}
