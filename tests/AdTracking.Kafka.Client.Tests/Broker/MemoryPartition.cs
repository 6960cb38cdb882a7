using System.Buffers.Binary;
using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Records;

namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>A partition with a log and a memory of producers, which it checks as Kafka does: the last five batches are known, a producer that
/// is not known may begin with any sequence number, and nobody may leave a gap.</summary>
internal sealed class MemoryPartition
{
    private const int BatchesRemembered = 5;
    private readonly Dictionary<(long Id, short Epoch), List<StoredBatch>> _producers = [];

    /// <summary>The leader's node id.</summary>
    public int LeaderId { get; set; }

    /// <summary>How often the leader has changed.</summary>
    public int LeaderEpoch { get; set; }

    /// <summary>The numbers of the records (the first eight bytes of their values), by offset.</summary>
    public List<long> Log { get; } = [];

    /// <summary>Most records of a batch.</summary>
    public int BatchRecordsMax { get; set; } = int.MaxValue;

    /// <summary>Forgets all producers.</summary>
    public void ForgetProducers() => _producers.Clear();

    /// <summary>Appends a batch, or says why not. Records whose ninth byte is 1 are refused; with a ninth byte of 2 without being named.</summary>
    public KafkaError Append(ReadOnlySpan<byte> bytes, out long baseOffset, List<RecordError> recordErrors)
    {
        baseOffset = -1;
        var batch = ReadBatch.Of(bytes);
        if (batch.Records.Count > BatchRecordsMax)
        {
            return KafkaError.MessageTooLarge;
        }

        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (batch.Records[i].Value![8] == 1)
            {
                recordErrors.Add(new RecordError(i, "bad"));
            }
        }

        if (recordErrors.Count > 0 || batch.Records.Any(record => record.Value![8] == 2))
        {
            return KafkaError.InvalidRecord;
        }

        var identity = batch.Identity;
        if (!_producers.TryGetValue((identity.ProducerId, identity.ProducerEpoch), out var known))
        {
            _producers.Add((identity.ProducerId, identity.ProducerEpoch), known = []);
        }

        foreach (var earlier in known)
        {
            if (earlier.BaseSequence == identity.BaseSequence && earlier.Count == batch.Records.Count)
            {
                baseOffset = earlier.BaseOffset;
                return KafkaError.None;
            }
        }

        if (known.Count > 0 && BatchIdentity.Later(known[^1].BaseSequence, known[^1].Count) != identity.BaseSequence)
        {
            return KafkaError.OutOfOrderSequenceNumber;
        }

        baseOffset = Log.Count;
        known.Add(new StoredBatch(identity.BaseSequence, batch.Records.Count, baseOffset));
        if (known.Count > BatchesRemembered)
        {
            known.RemoveAt(0);
        }

        Log.AddRange(batch.Records.Select(record => BinaryPrimitives.ReadInt64LittleEndian(record.Value)));
        return KafkaError.None;
    }
}
