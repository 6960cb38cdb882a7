using AdTracking.Queue;
using AdTracking.Queue.Journal;

namespace AdTracking.Emitter.Delivery;

/// <summary>The partition table in force. One writer (the readiness loop), read by everybody.</summary>
internal sealed class PartitionMap(IReadOnlyCollection<EventTopic> written) : IEventRoutes
{
    private PartitionTable _current = PartitionTable.Requiring(written);

    /// <summary>The table in force.</summary>
    public PartitionTable Current => Volatile.Read(ref _current);

    /// <inheritdoc/>
    public bool AreKnown => Current.IsComplete;

    /// <inheritdoc/>
    public bool IsStalled(EventTopic topic, uint keyHash)
    {
        var table = Current;
        return !table.Has(topic) || table.Locate(topic, keyHash).Stalled;
    }

    /// <summary>Takes new counts, in the order of <see cref="EventTopic"/>; 0 leaves a topic as it is.</summary>
    public void Update(ReadOnlySpan<int> counts) => Volatile.Write(ref _current, _current.With(counts));
}
