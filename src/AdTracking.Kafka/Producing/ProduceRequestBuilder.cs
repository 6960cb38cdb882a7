using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;
using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Producing;

/// <summary>Gathers one request for one broker: a batch of every partition that it leads and that may send.</summary>
internal sealed class ProduceRequestBuilder(ProducerOptions options, ProducerCluster cluster, ReportQueue reports, Stack<OpenBatch> free) : IDisposable
{
    private readonly RecordBatchWriter _writer = new(options.Compression);

    /// <summary>Marks batches as under way and lists them in <paramref name="request"/>. Returns whether there are any.</summary>
    public bool Gather(ProducerBroker broker, PendingRequest request, InitProducerIdResponse identity, long nowMs)
    {
        var bytes = 0;
        foreach (var topic in cluster.Topics)
        {
            foreach (var partition in topic.Partitions)
            {
                if (!partition.MaySendTo(broker.NodeId, nowMs, options.InFlightMax, options.ForgottenAfterMs)
                    || (partition.FirstWaiting ?? NewBatch(partition, identity)) is not { } batch)
                {
                    continue;
                }

                partition.Send(batch, broker.NodeId);
                request.Batches.Add((partition, batch, topic.Id));
                bytes += batch.Bytes.Length;
                if (bytes >= options.RequestBytesMax)
                {
                    return true;
                }
            }
        }

        return request.Batches.Count > 0;
    }

    /// <summary>Writes the body. The batches of a topic are listed together.</summary>
    public void Write(KafkaWriter writer, PendingRequest request)
    {
        var batches = request.Batches;
        var topics = 0;
        for (var i = 0; i < batches.Count; i++)
        {
            topics += IsFirstOfTopic(request, i) ? 1 : 0;
        }

        var body = new ProduceRequestWriter(writer, request.Version, options.AckTimeoutMs, topics);
        for (var i = 0; i < batches.Count; i++)
        {
            var topic = batches[i].Partition.Topic;
            if (IsFirstOfTopic(request, i))
            {
                var end = i + 1;
                while (end < batches.Count && batches[end].Partition.Topic == topic)
                {
                    end++;
                }

                body.BeginTopic(topic.Name, batches[i].TopicId, end - i);
            }

            body.WritePartition(batches[i].Partition.Index, batches[i].Batch.Bytes.Written);
            if (i + 1 == batches.Count || batches[i + 1].Partition.Topic != topic)
            {
                body.EndTopic();
            }
        }

        body.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static bool IsFirstOfTopic(PendingRequest request, int at) =>
        at == 0 || request.Batches[at - 1].Partition.Topic != request.Batches[at].Partition.Topic;

    // A record that is larger than a batch may be goes alone: the broker's limit decides. One that no request can carry is refused here.
    private OpenBatch? NewBatch(ProducerPartition partition, InitProducerIdResponse identity)
    {
        while (partition.Queue.Count > 0 && partition.Queue.First.BytesMax > options.RequestBytesMax)
        {
            reports.Add(partition.Queue.Take(), RecordOutcome.Refused, KafkaError.MessageTooLarge);
        }

        if (partition.Queue.Count == 0)
        {
            return null;
        }

        var batch = free.TryPop(out var used) ? used : new OpenBatch();
        batch.Records.Clear();
        batch.Bytes.Clear();
        batch.MayBeStored = false;
        batch.IsLost = false;
        batch.IsRetry = false;
        _writer.Begin(batch.Bytes);
        do
        {
            var record = partition.Queue.Take();
            record.AppendTo(_writer);
            batch.Records.Add(record);
        }
        while (partition.Queue.Count > 0 && batch.Records.Count < partition.RecordsMax
            && _writer.UnpackedBytes + partition.Queue.First.BytesMax <= options.BatchBytesMax);

        partition.AddOpen(batch);
        _ = _writer.End(new BatchIdentity(identity.ProducerId, identity.ProducerEpoch, batch.BaseSequence));
        return batch;
    }
}
