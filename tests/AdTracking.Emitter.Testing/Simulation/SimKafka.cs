using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>The simulated cluster, which outlives every process: its logs, other writers in them, and requests of dead producers that are
/// still on their way. Whatever was sent is there and visible less than <see cref="VisibleMs"/> after its producer's end.</summary>
internal sealed class SimKafka(SimRandom random, SimModel model, int partitionCount)
{
    /// <summary>What a settling waits for.</summary>
    public const int VisibleMs = 1_000;

    private const int LagMsMax = (VisibleMs / 2) - 1;
    private readonly SimPartition[] _partitions = MakePartitions(partitionCount * EventTopics.Count);
    private readonly List<(int Partition, SimBatch Batch)> _late = [];

    /// <summary>Partitions of every topic.</summary>
    public int PartitionCount => partitionCount;

    /// <summary>Partitions of all topics.</summary>
    public ReadOnlySpan<SimPartition> Partitions => _partitions;

    /// <summary>Gets a line for every request that lands.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Requests on their way whose producers are gone.</summary>
    public int Late => _late.Count;

    public static int IndexOf(EventTopic topic, int partition, int partitionCount) => ((int)topic * partitionCount) + partition;

    public SimPartition this[EventTopic topic, int partition] => _partitions[IndexOf(topic, partition, partitionCount)];

    /// <summary>The broker takes a request.</summary>
    public void Land(int partition, SimBatch batch, long nowMs)
    {
        var log = _partitions[partition];
        batch.Offset = log.Records.Count;
        Trace?.Invoke($"{nowMs} lands in {partition} at {batch.Offset}: {string.Join(',', batch.Events.Select(one => one.Event))}");
        var visibleAtMs = random.OneIn(3) ? nowMs + random.Next(LagMsMax) : nowMs;
        foreach ((var _, var digest, var number) in batch.Events)
        {
            log.Records.Add(new SimRecord(digest, number, batch.SentAtMs, visibleAtMs));
        }
    }

    /// <summary>A producer is gone: of the requests that it had under way on a partition the first few may still arrive, in their order,
    /// less than half of the settling time later.</summary>
    public void LeaveBehind(int partition, List<SimBatch> batches, long nowMs)
    {
        var landsAtMs = nowMs;
        foreach (var batch in batches)
        {
            if (batch.Offset >= 0)
            {
                continue;
            }

            if (random.OneIn(3))
            {
                break;
            }

            landsAtMs = Math.Min(landsAtMs + random.Next(LagMsMax), nowMs + LagMsMax);
            batch.LandsAtMs = landsAtMs;
            _late.Add((partition, batch));
        }
    }

    /// <summary>Lets what is late arrive.</summary>
    public void Advance(long nowMs)
    {
        for (var i = 0; i < _late.Count; i++)
        {
            if (_late[i].Batch.LandsAtMs > nowMs)
            {
                continue;
            }

            if (!_late[i].Batch.Events.Exists(one => model.IsBad(one.Event)))
            {
                Land(_late[i].Partition, _late[i].Batch, _late[i].Batch.LandsAtMs);
            }

            _late.RemoveAt(i--);
        }
    }

    /// <summary>Another gateway writes, whose clock is up to an hour off.</summary>
    public void WriteForeign(long nowMs)
    {
        var log = _partitions[random.Next(partitionCount * 3)];
        var count = random.Between(1, 6);
        var skewMs = random.Next(7_200_000) - 3_600_000;
        for (var i = 0; i < count; i++)
        {
            log.Records.Add(new SimRecord(new EventDigest(random.NextBits(), random.NextBits()), -1, nowMs + skewMs, nowMs));
        }
    }

    private static SimPartition[] MakePartitions(int count)
    {
        var partitions = new SimPartition[count];
        for (var i = 0; i < count; i++)
        {
            partitions[i] = new SimPartition();
        }

        return partitions;
    }
}
