using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>Decides what becomes of batches: by the broker's answers, or because there will be none. The rules are at <see
/// cref="ProducerPartition"/>.</summary>
internal sealed class ProduceAnswers(ReportQueue reports, Stack<OpenBatch> free)
{
    /// <summary>Why this producer can send nothing more, or null.</summary>
    public string? FatalReason { get; private set; }

    /// <summary>Applies the broker's word on a batch.</summary>
    public void Apply(ProducerPartition partition, OpenBatch batch, in ProducedPartition row, long nowMs)
    {
        partition.Land(batch);
        switch (ErrorKinds.Of(row.Error))
        {
            case ErrorKind.Delivered:
                partition.Acknowledge(batch, nowMs);
                reports.AddAll(batch, RecordOutcome.Delivered, KafkaError.None, row.Error == KafkaError.None ? row.BaseOffset : -1);
                free.Push(batch);
                break;
            case var _ when batch.State == BatchState.Undone:
                break; // behind a refused batch: not stored, whatever the reason is
            case ErrorKind.RefusesRecords:
                Refuse(partition, batch, row);
                break;
            case ErrorKind.RefusesBatch:
                RefuseBatch(partition, batch, row.Error);
                break;
            case ErrorKind.OutOfOrder when partition.Open[0] != batch:
                break; // an older one waits for its retry: nothing else was to be expected
            case ErrorKind.OutOfOrder or ErrorKind.Fatal:
                Die($"{partition.Topic.Name} [{partition.Index}]: {row.Error} {row.Message}".TrimEnd());
                break;
            default:
                batch.MayBeStored |= ErrorKinds.Of(row.Error) == ErrorKind.Retry;
                partition.BackOff(nowMs);
                break;
        }

        partition.SettleUndone(free);
    }

    /// <summary>There will be no answer: the connection is gone.</summary>
    public void Lose(ProducerPartition partition, OpenBatch batch, long nowMs)
    {
        // Behind a refused batch it must not be stored later either, and a broker may still have it before it: with the refused sequence
        // numbers given to other records, it could fit again.
        if (partition.IsRewinding)
        {
            Die($"{partition.Topic.Name} [{partition.Index}]: the connection was lost with batches behind a refused one");
        }

        partition.Land(batch);
        batch.State = BatchState.Waiting;
        batch.MayBeStored = true;
        batch.IsLost = true;
        partition.BackOff(nowMs);
    }

    /// <summary>Reports all that a partition holds, delivered or not.</summary>
    public void Purge(ProducerPartition partition)
    {
        foreach (var batch in partition.Open)
        {
            var isInDoubt = batch.State == BatchState.InFlight || (batch.State == BatchState.Waiting && batch.MayBeStored);
            reports.AddAll(batch, isInDoubt ? RecordOutcome.InDoubt : RecordOutcome.Returned, KafkaError.NetworkException);
        }

        partition.Open.Clear();
        while (partition.Queue.Count > 0)
        {
            reports.Add(partition.Queue.Take(), RecordOutcome.Returned, KafkaError.NetworkException);
        }
    }

    /// <summary>Ends the sending for good.</summary>
    public void Die(string reason) => FatalReason ??= reason;

    private void Refuse(ProducerPartition partition, OpenBatch batch, in ProducedPartition row)
    {
        if (IsTooLate(partition, batch, row.Error))
        {
            return;
        }

        var named = 0;
        foreach (var error in row.RecordErrors.OrderByDescending(error => error.BatchIndex).DistinctBy(error => error.BatchIndex))
        {
            if (error.BatchIndex >= 0 && error.BatchIndex < batch.Records.Count)
            {
                reports.Add(batch.Records[error.BatchIndex], RecordOutcome.Refused, row.Error);
                batch.Records.RemoveAt(error.BatchIndex);
                named++;
            }
        }

        if (named == 0 && batch.Records.Count == 1)
        {
            reports.AddAll(batch, RecordOutcome.Refused, row.Error);
        }
        else if (named == 0)
        {
            partition.Halve(batch);
        }

        partition.Undo(batch);
    }

    private void RefuseBatch(ProducerPartition partition, OpenBatch batch, KafkaError error)
    {
        if (!IsTooLate(partition, batch, error))
        {
            reports.AddAll(batch, RecordOutcome.Returned, error);
            partition.Undo(batch);
        }
    }

    // An earlier try may have stored it, and the refusal is about this one: nobody can say whether its sequence numbers are free.
    // Nor may they be given away while a broker may still read a batch behind it: that one would fit again, and be stored once more.
    private bool IsTooLate(ProducerPartition partition, OpenBatch batch, KafkaError error)
    {
        if (batch.MayBeStored)
        {
            Die($"{partition.Topic.Name} [{partition.Index}]: {error} for a batch that may be stored");
        }

        if (partition.HasLostBehind(batch))
        {
            Die($"{partition.Topic.Name} [{partition.Index}]: {error} for a batch with a lost one behind it");
        }

        return FatalReason is not null;
    }
}
