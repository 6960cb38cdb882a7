using AdTracking.Emitter.Kafka;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Works the producer's reports in: frees their room in flight, moves acknowledged offsets up, settles events or sends them back
/// to the shipper. The delivery thread's alone.</summary>
internal sealed unsafe class Deliveries
{
    private readonly DeliveriesParts _parts;
    private readonly EventQueue _queue;
    private readonly BlockPool _pool;
    private readonly PartitionMap _map;
    private readonly InFlightBudget _budget;
    private readonly CompletedWaiters _completed = new();
    private readonly long[] _errors = new long[ErrorSlots];

    /// <summary>One counter a class of error.</summary>
    private const int ErrorSlots = 8;

    public Deliveries(DeliveriesParts parts)
    {
        _parts = parts;
        _queue = parts.Queue;
        _pool = parts.Pool;
        _map = parts.Map;
        _budget = parts.Budget;
    }

    /// <summary>Reports with an error of this class so far.</summary>
    public long Errors(KafkaErrorClass meaning) => Interlocked.Read(ref _errors[(int)meaning]);

    /// <summary>Works reports in, and then wakes the waiters that have all their outcomes. Reports come in runs of one partition, so that
    /// counters are touched once a run.</summary>
    public void Process(ReadOnlySpan<DeliveryReport> reports)
    {
        var partitions = _map.Current.All;
        var nowMs = _parts.Clock.NowMs;
        var run = default(Run);
        foreach (ref readonly var report in reports)
        {
            var header = _pool.Resolve(report.Opaque, out var block);
            Invariant.Holds(header->State == EventState.InFlight, "a report is about an event in flight");
            var partition = partitions[header->PartitionIndex];
            if (!ReferenceEquals(partition, run.Partition))
            {
                End(ref run, nowMs);
                run = new Run { Partition = partition, Offset = -1 };
            }

            run.Events++;
            run.Bytes += header->KeyLength + header->ValueLength;
            run.Backlog += block.IsReadBack ? 1 : 0;
            if (report.Error == KafkaErrors.None)
            {
                run.Delivered++;
                run.Offset = Math.Max(run.Offset, report.Offset);
                var outcome = new DeliveryOutcome(EventOutcome.Delivered, header->Topic, 0, partition.Partition, report.Offset);
                _queue.Complete(block, header, outcome, _completed);
            }
            else
            {
                Fail(report, block, header, ref run);
            }
        }

        End(ref run, nowMs);
        _completed.CompleteAll();
    }

    /// <summary>After a producer was destroyed without reporting all it held: nobody knows what became of these events. Returns their
    /// number.</summary>
    public int AbandonInFlight()
    {
        var count = 0;
        foreach (var block in _pool.Blocks)
        {
            // The door stays open meanwhile, and journal and shipper finish events that were not in flight: what is not held may be
            // released under our eyes, and written to.
            if (!block.TryHold(BlockHolder.Deliveries))
            {
                continue;
            }

            count += AbandonInFlight(block);
            if (block.EndHold(BlockHolder.Deliveries))
            {
                _pool.Return(block);
            }
        }

        _completed.CompleteAll();
        return count;
    }

    // The shipper has no producer: it reads no further.
    private int AbandonInFlight(QueueBlock block)
    {
        var count = 0;
        var groups = new GroupCursor(block, 0, block.Scanned);
        while (groups.MoveNext())
        {
            var events = groups.Events;
            while (events.MoveNext())
            {
                var header = events.Header;
                if (header->State != EventState.InFlight)
                {
                    continue;
                }

                var partition = _map.Current.All[header->PartitionIndex];
                var bytes = header->KeyLength + header->ValueLength;
                _budget.Add(-1, -bytes);
                partition.AddInFlight(-1, -bytes);
                if (block.IsReadBack)
                {
                    partition.AddBacklogInFlight(-1);
                }

                Forget(EventRef.Of(block, header), block, header, partition, KafkaErrors.Fatal);
                count++;
            }
        }

        return count;
    }

    private void Fail(in DeliveryReport report, QueueBlock block, EventHeader* header, ref Run run)
    {
        var meaning = KafkaErrors.Classify(report.Error);
        Interlocked.Increment(ref _errors[(int)meaning]);
        if (report.PossiblyPersisted)
        {
            Forget(report.Opaque, block, header, run.Partition!, report.Error);
            return;
        }

        if (meaning == KafkaErrorClass.RecordRefused)
        {
            if (header->Alone != 0 || report.IsNamed)
            {
                _parts.DeadLetters.Take(block, header, report.Opaque, report.Error, run.Partition!.Partition, _completed);
                return;
            }

            run.Suspects++;
        }

        run.Unable |= meaning == KafkaErrorClass.PartitionUnable;
        _parts.Returned.Add(report.Opaque, header);
    }

    // Possibly persisted. The journal looks such events up in Kafka's log, above their block's mark, and sends what is not there.
    // Without one the caller is told that nobody knows, and nothing is sent twice behind its back.
    private void Forget(ulong reference, QueueBlock block, EventHeader* header, PartitionState partition, int error)
    {
        if (_parts.InDoubt is { } inDoubt)
        {
            inDoubt.Add(reference, header);
            return;
        }

        var outcome = new DeliveryOutcome(EventOutcome.FateUnknown, header->Topic, (short)error, partition.Partition, -1);
        _queue.Complete(block, header, outcome, _completed);
    }

    private void End(ref Run run, long nowMs)
    {
        if (run.Partition is not { } partition)
        {
            return;
        }

        _budget.Add(-run.Events, -run.Bytes);
        partition.AddInFlight(-run.Events, -run.Bytes);
        if (run.Backlog > 0)
        {
            partition.AddBacklogInFlight(-run.Backlog);
        }

        if (run.Delivered > 0)
        {
            _parts.Health.LastAckMs = nowMs;
            partition.Acknowledge(run.Offset);
            partition.Progress(nowMs);
        }

        if (run.Suspects > 0)
        {
            partition.NarrowSearch(run.Suspects);
        }
        else if (run.Delivered > 0)
        {
            partition.WidenSearch();
        }

        if (run.Unable)
        {
            partition.BackOff(nowMs);
        }
    }

    private struct Run
    {
        public PartitionState? Partition;
        public int Events;
        public int Delivered;
        public int Suspects;
        public int Backlog;
        public long Bytes;
        public long Offset;
        public bool Unable;
    }
}
