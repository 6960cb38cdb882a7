using AdTracking.Queue.Journal.Format;

namespace AdTracking.Queue.Journal;

/// <summary>Where a copy of a batch stands.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">Offset of its header there.</param>
/// <param name="Length">Bytes of the whole copy.</param>
/// <param name="HeaderBytes">Bytes of its header.</param>
/// <param name="EventCount">Events in it.</param>
/// <param name="IsTorn">Its write was cut: nobody was promised anything on its strength, and what it lacks is no damage.</param>
internal readonly record struct BatchPlace(
    StoredSegment Segment, long Offset, int Length, int HeaderBytes, int EventCount, bool IsTorn = false)
{
    /// <summary>As much of the batch's header as reading its groups takes.</summary>
    public BatchHeader HeaderOf(JournalBatch batch) => new()
    {
        BatchId = batch.Id,
        Kind = batch.Kind,
        HeaderBytes = HeaderBytes,
        Bytes = Length,
        EventCount = EventCount,
        GroupsTaken = batch.GroupCount,
        EventsTaken = batch.EventCount,
    };
}
