using System.Runtime.InteropServices;
using AdTracking.Emitter.DeadLetters;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Gives one partition's waiting events to the producer, as many as the bounds allow, in calls of up to 2,048. One partition a
/// call: with mixed partitions librdkafka 2.15 leaks what it refuses while a topic is unknown, and looks the partition up for each
/// event.</summary>
internal sealed unsafe class PartitionSender : IDisposable
{
    /// <summary>147 KiB of messages, which stay in a second-level cache.</summary>
    private const int BatchEvents = 2_048;

    private readonly BlockPool _pool;
    private readonly InFlightBudget _budget;
    private readonly DeliveryHealth _health;
    private readonly DeadLetterQueue _deadLetters;
    private readonly CompletedWaiters _completed;
    private readonly bool _hasJournal;
    private readonly NativeMessage* _batch;

    public PartitionSender(
        BlockPool pool, InFlightBudget budget, DeliveryHealth health, DeadLetterQueue deadLetters, CompletedWaiters completed, bool hasJournal)
    {
        _pool = pool;
        _budget = budget;
        _health = health;
        _deadLetters = deadLetters;
        _completed = completed;
        _hasJournal = hasJournal;
        _batch = (NativeMessage*)NativeMemory.AllocZeroed(BatchEvents, (nuint)sizeof(NativeMessage));
    }

    /// <summary>Hands over what the partition may take now, live events first; returns how many events were taken.</summary>
    public int Run(PartitionState partition, IEventProducer producer, PartitionTable table, long nowMs) =>
        Run(partition, partition.Live, producer, table, nowMs) + Run(partition, partition.Backlog, producer, table, nowMs);

    private int Run(PartitionState partition, EventList list, IEventProducer producer, PartitionTable table, long nowMs)
    {
        var backlog = ReferenceEquals(list, partition.Backlog);
        var taken = 0;
        while (list.Head != 0 && nowMs >= partition.RetryAtMs)
        {
            var count = Fill(partition, list, backlog, table, out var bytes);
            if (count == 0)
            {
                break;
            }

            if (partition.InFlightEvents == 0)
            {
                partition.ProgressAtMs = nowMs;
            }

            if (_budget.Events == 0)
            {
                _health.BusySinceMs = nowMs;
            }

            _budget.Add(count, bytes);
            partition.AddInFlight(count, bytes);
            if (backlog)
            {
                partition.AddBacklogInFlight(count);
            }

            var accepted = producer.Produce(partition.Topic, partition.Partition, new Span<NativeMessage>(_batch, count));
            taken += accepted;
            if (accepted < count)
            {
                TakeBack(partition, list, backlog, count, nowMs);
                break;
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(_batch);

    // Moves events from the list to the batch while the bounds hold; their state says in flight before anybody can report them.
    private int Fill(PartitionState partition, EventList list, bool backlog, PartitionTable table, out long bytes)
    {
        bytes = 0;
        var inFlight = partition.InFlightEvents;
        var limit = Math.Min(_budget.PartitionEventsMax(table) - inFlight, _budget.EventsMax - _budget.Events);
        var bytesLimit = Math.Min(_budget.PartitionBytesMax(table) - partition.InFlightBytes, _budget.BytesMax - _budget.Bytes);
        if (backlog)
        {
            limit = Math.Min(limit, (_budget.PartitionEventsMax(table) / 2) - partition.BacklogInFlight);
        }
        // What is in flight cannot leave memory, so a partition that takes nothing gets nothing more: a second's worth of events pins
        // few blocks, its whole share would pin most of them, a few events in each.
        if (partition.Stalled && inFlight > 0 && _hasJournal)
        {
            limit = 0;
        }

        var searching = partition.BatchLimit > 0;
        if (searching)
        {
            limit = inFlight > 0 ? 0 : Math.Min(limit, partition.BatchLimit);
        }

        limit = Math.Min(limit, BatchEvents);
        var count = 0;
        while (count < limit && list.Head != 0)
        {
            var reference = list.Head;
            var header = _pool.Resolve(reference, out var block);
            var size = header->KeyLength + header->ValueLength;
            if (bytes + size > bytesLimit)
            {
                break;
            }

            if (!block.Mark.IsTaken)
            {
                table.Take(block.Mark); // from here on its events may be in the log, above these offsets
            }

            list.RemoveFirst(header);
            header->State = EventState.InFlight;
            header->Alone = (byte)(searching && partition.BatchLimit == 1 ? 1 : 0);
            header->Attempts = (byte)Math.Min(255, header->Attempts + 1);
            var key = (byte*)header + EventHeader.Bytes;
            ref var outgoing = ref _batch[count++];
            outgoing.Error = 0;
            outgoing.Key = key;
            outgoing.KeyLength = header->KeyLength;
            outgoing.Value = key + header->KeyLength;
            outgoing.ValueLength = (nuint)header->ValueLength;
            outgoing.Opaque = reference;
            bytes += size;
        }

        return count;
    }

    // What produce_batch refused gets no report: its place in flight is free again here. Backwards, so that the order stays.
    private void TakeBack(PartitionState partition, EventList list, bool backlog, int count, long nowMs)
    {
        var events = 0;
        long bytes = 0;
        for (var i = count - 1; i >= 0; i--)
        {
            var error = _batch[i].Error;
            if (error == KafkaErrors.None)
            {
                continue;
            }

            var header = _pool.Resolve(_batch[i].Opaque, out var block);
            events++;
            bytes += header->KeyLength + header->ValueLength;
            var meaning = KafkaErrors.Classify(error);
            Invariant.Holds(meaning != KafkaErrorClass.QueueFull, "librdkafka's queue is never full");
            if (meaning == KafkaErrorClass.RecordRefused)
            {
                // Refused before it was ever part of a batch (larger than message.max.bytes), so it is about this record.
                _deadLetters.Take(block, header, _batch[i].Opaque, error, partition.Partition, _completed);
                continue;
            }

            list.AddFirst(_batch[i].Opaque, header);
            if (meaning == KafkaErrorClass.PartitionUnable && nowMs >= partition.RetryAtMs)
            {
                partition.BackOff(nowMs);
            }
        }

        _budget.Add(-events, -bytes);
        partition.AddInFlight(-events, -bytes);
        if (backlog)
        {
            partition.AddBacklogInFlight(-events);
        }
    }
}
