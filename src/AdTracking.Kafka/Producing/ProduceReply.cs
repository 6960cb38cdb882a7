using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Producing;

/// <summary>A broker's answer to a request with batches: first checked as a whole, then carried out.</summary>
internal sealed class ProduceReply(ProducerCluster cluster, ProduceAnswers answers)
{
    private readonly ProduceResponse _response = new();
    private readonly HashSet<int> _seen = [];

    /// <summary>Reads an answer and returns how long the broker asks to be left alone, in milliseconds. Every batch has its row, once, before
    /// any of them counts; otherwise it throws.</summary>
    public int Read(ReadOnlySpan<byte> frame, PendingRequest request)
    {
        _response.Read(frame, request.Version);
        _seen.Clear();
        foreach (var row in _response.Partitions)
        {
            if (request.IndexOf(row) is not (>= 0 and var at) || !_seen.Add(at))
            {
                throw new KafkaProtocolException("An answer is about a partition that was not asked for.");
            }
        }

        if (_seen.Count < request.Batches.Count)
        {
            throw new KafkaProtocolException("An answer leaves a partition out.");
        }

        return _response.ThrottleMs;
    }

    /// <summary>Carries out what <see cref="Read"/> has read.</summary>
    public void Apply(PendingRequest request, long nowMs)
    {
        foreach (var endpoint in _response.Leaders)
        {
            cluster.Apply(endpoint);
        }

        foreach (var row in _response.Partitions)
        {
            var (partition, batch, _) = request.Batches[request.IndexOf(row)];
            answers.Apply(partition, batch, row, nowMs);
            if (row.LeaderId >= 0 && row.LeaderEpoch > partition.LeaderEpoch && cluster.Find(row.LeaderId) is not null)
            {
                partition.LeaderId = row.LeaderId;
                partition.LeaderEpoch = row.LeaderEpoch;
                partition.RetryNow();
            }
            else if (ErrorKinds.IsAboutLeaders(row.Error))
            {
                cluster.IsStale = true;
            }
        }
    }
}
