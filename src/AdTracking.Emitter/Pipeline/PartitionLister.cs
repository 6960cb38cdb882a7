using AdTracking.Emitter.Delivery;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Reconciliation;

namespace AdTracking.Emitter.Pipeline;

/// <summary>Reads from Kafka what the journal's marks need: the end of every partition, and the topics' ids.</summary>
internal sealed class PartitionLister(PipelineOptions options, PartitionMap map, Marks marks, Func<IKafkaLog> createLog)
{
    private const int ListMs = 5_000;
    private const int TopicIdMs = 1_000;
    private bool _knowsTopicIds;

    /// <summary>Marks need an offset for every partition before anything is handed over there.</summary>
    public void ListPartitions(MissingParts missing)
    {
        PartitionState[] unlisted = [.. map.Current.All.ToArray().Where(partition => !partition.IsListed)];
        if (unlisted.Length == 0)
        {
            return;
        }

        var ends = new long[unlisted.Length];
        if (!options.ClusterForgets) // otherwise its log began with this process: below every first record
        {
            using var log = createLog();
            log.ListEnds([.. unlisted.Select(partition => new LogPartition(partition.Topic, partition.Partition))], ends, ListMs);
        }

        var failed = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            if (ends[i] >= 0)
            {
                unlisted[i].List(ends[i] - 1);
            }
            else
            {
                failed++;
            }
        }

        if (failed > 0)
        {
            missing.Absences.Add($"{failed} partitions of Kafka at {options.BootstrapServers} cannot be listed; nothing is sent to them.");
        }
    }

    /// <summary>Asks once, after the partitions are listed and events flow: a broker that does not know the question takes seconds to say
    /// nothing.</summary>
    public void ReadTopicIds()
    {
        if (_knowsTopicIds || options.ClusterForgets)
        {
            return;
        }

        _knowsTopicIds = true;
        using var log = createLog();
        marks.ReadTopicIds(log, TopicIdMs);
    }
}
