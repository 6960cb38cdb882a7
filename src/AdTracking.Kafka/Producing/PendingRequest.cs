using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>A request whose answer is awaited. The objects are used again.</summary>
internal sealed class PendingRequest
{
    /// <summary>Its kind.</summary>
    public Api Api { get; set; } = Api.Metadata;

    /// <summary>Its version.</summary>
    public short Version { get; set; }

    /// <summary>Its correlation id.</summary>
    public int CorrelationId { get; set; }

    /// <summary>When its answer is too late.</summary>
    public long DeadlineMs { get; set; }

    /// <summary>How often metadata had been wanted when it was sent.</summary>
    public int Wanted { get; set; }

    /// <summary>The batches in it, with the id that each one's topic had then.</summary>
    public List<(ProducerPartition Partition, OpenBatch Batch, Guid TopicId)> Batches { get; } = [];

    /// <summary>The batch that a row of the answer is about; -1 when there is none.</summary>
    public int IndexOf(in ProducedPartition row)
    {
        for (var i = 0; i < Batches.Count; i++)
        {
            var (partition, _, topicId) = Batches[i];
            if (partition.Index == row.Index && (Version >= 13 ? topicId == row.TopicId : partition.Topic.Name == row.Topic))
            {
                return i;
            }
        }

        return -1;
    }
}
