using AdTracking.Emitter.Reconciliation;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Inspection;

/// <summary>What a mark says about one topic, summed up.</summary>
/// <param name="Topic">The topic's name in Kafka.</param>
/// <param name="TopicId">Kafka's id of the topic, empty when none was known.</param>
/// <param name="Partitions">Its partitions.</param>
/// <param name="Known">Partitions with a known offset.</param>
/// <param name="Lowest">The lowest known offset; null when none is known.</param>
/// <param name="Highest">The highest known offset; null when none is known.</param>
public sealed record InspectedTopicMark(string Topic, Guid TopicId, int Partitions, int Known, long? Lowest, long? Highest)
{
    internal static IReadOnlyList<InspectedTopicMark> Of(BatchMark stored) =>
        MarkCodec.TryDecode(stored, out var mark) ? [.. mark.Topics.Select(Of)] : [];

    private static InspectedTopicMark Of(TopicMark mark)
    {
        var known = 0;
        var lowest = long.MaxValue;
        var highest = long.MinValue;
        foreach (var offset in mark.Offsets)
        {
            if (offset == JournalMark.Unknown)
            {
                continue;
            }

            known++;
            lowest = Math.Min(lowest, offset);
            highest = Math.Max(highest, offset);
        }

        return new InspectedTopicMark(
            mark.Name, mark.TopicId, mark.Offsets.Length, known, known == 0 ? null : lowest, known == 0 ? null : highest);
    }
}
