using System.Text;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>The seam's second implementation: holds what it is given until the test says what becomes of it. Reads keys and values only
/// when they are delivered, so that memory which changed or was freed in between shows.</summary>
internal sealed unsafe class MemoryProducer : IEventProducer
{
    private readonly Lock _lock = new();
    private readonly Queue<DeliveryReport> _reports = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly Dictionary<(EventTopic Topic, int Partition), LinkedList<NativeMessage>> _held = [];
    private readonly int _partitionCount;
    private bool _disposed;

    public MemoryProducer(int partitionCount, MemoryLog log)
    {
        _partitionCount = partitionCount;
        Log = log;
    }

    /// <summary>What Kafka holds; survives the producer.</summary>
    public MemoryLog Log { get; }

    /// <summary>Deliver at once whatever is handed over.</summary>
    public bool Immediate { get; set; }

    /// <summary>Error that the hand-over to a partition meets, without a report; 0 for none.</summary>
    public Func<EventTopic, int, int> Refusal { get; set; } = (_, _) => 0;

    /// <summary>Records that the broker refuses, whatever else is in their batch.</summary>
    public Func<string, bool> IsBadRecord { get; set; } = _ => false;

    /// <summary>Told of every event that gets into the log: its reference and its offset.</summary>
    public Action<ulong, long>? Appended { get; set; }

    /// <summary>Topics that the cluster does not have.</summary>
    public IReadOnlyList<EventTopic> Missing { get; init; } = [];

    /// <summary>Topics that the cluster does not have when it is asked.</summary>
    public Func<IReadOnlyList<EventTopic>> MissingNow { get; init; } = () => [];

    /// <summary>Told when Kafka is asked for its partitions; the answer waits for it.</summary>
    public Action? Asking { get; init; }

    /// <summary>What a question for the partitions comes to, by the time that it may take; it is answered unless the test says otherwise.</summary>
    public Func<int, MetadataAnswer> Metadata { get; init; } = _ => MetadataAnswer.Answered;

    public string? FatalReason { get; private set; }

    public string? ClusterId => "memory";

    public int HandOvers { get; private set; }

    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _held.Values.Sum(list => list.Count);
            }
        }
    }

    public IReadOnlyList<(EventTopic Topic, int Partition)> HoldingPartitions
    {
        get
        {
            lock (_lock)
            {
                return [.. _held.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key)];
            }
        }
    }

    public int Produce(EventTopic topic, int partition, Span<NativeMessage> events)
    {
        var taken = 0;
        lock (_lock)
        {
            HandOvers++;
            foreach (ref var outgoing in events)
            {
                outgoing.Error = FatalReason is null ? Refusal(topic, partition) : KafkaErrors.Fatal;
                if (outgoing.Error != 0)
                {
                    continue;
                }

                taken++;
                if (!_held.TryGetValue((topic, partition), out var held))
                {
                    _held[(topic, partition)] = held = new LinkedList<NativeMessage>();
                }

                held.AddLast(outgoing);
            }
        }

        if (Immediate)
        {
            Answer(topic, partition, int.MaxValue);
        }

        return taken;
    }

    /// <summary>The broker takes a batch of the oldest events of a partition, or refuses all of it for a bad record in it.</summary>
    public int Answer(EventTopic topic, int partition, int count)
    {
        lock (_lock)
        {
            var batch = Take(topic, partition, count);
            var spoilt = batch.Exists(outgoing => IsBadRecord(Value(outgoing)));
            foreach (var outgoing in batch)
            {
                _reports.Enqueue(spoilt
                    ? new DeliveryReport(outgoing.Opaque, -1, KafkaErrors.MessageSizeTooLarge, PossiblyPersisted: false)
                    : new DeliveryReport(outgoing.Opaque, Append(topic, partition, outgoing), 0, PossiblyPersisted: false));
            }

            _wake.Set();
            return batch.Count;
        }
    }

    /// <summary>Reports the oldest events of a partition as failed. Persisted nevertheless, when the test says so.</summary>
    public int Fail(EventTopic topic, int partition, int count, int error, bool possiblyPersisted, Func<bool> isPersisted)
    {
        lock (_lock)
        {
            var batch = Take(topic, partition, count);
            foreach (var outgoing in batch)
            {
                if (possiblyPersisted && isPersisted())
                {
                    Append(topic, partition, outgoing);
                }

                _reports.Enqueue(new DeliveryReport(outgoing.Opaque, -1, error, possiblyPersisted));
            }

            _wake.Set();
            return batch.Count;
        }
    }

    /// <summary>Answers all that it holds.</summary>
    public int AnswerAll()
    {
        var count = 0;
        foreach ((var topic, var partition) in HoldingPartitions)
        {
            count += Answer(topic, partition, int.MaxValue);
        }

        return count;
    }

    public int Poll(Span<DeliveryReport> reports, int timeoutMs)
    {
        if (timeoutMs > 0)
        {
            _wake.Wait(timeoutMs);
        }

        lock (_lock)
        {
            var count = 0;
            while (count < reports.Length && _reports.TryDequeue(out var report))
            {
                reports[count++] = report;
            }

            if (_reports.Count == 0)
            {
                _wake.Reset();
            }

            return count;
        }
    }

    public void Wake() => _wake.Set();

    public void Die(string reason)
    {
        lock (_lock)
        {
            FatalReason = reason;
        }

        _wake.Set();
    }

    public void Purge()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        // Odd ones were on their way, even ones still in a queue.
        lock (_lock)
        {
            var i = 0;
            foreach (var outgoing in _held.Values.SelectMany(list => list))
            {
                var onItsWay = i++ % 2 == 1;
                var error = onItsWay ? KafkaErrors.PurgedInFlight : KafkaErrors.PurgedInQueue;
                _reports.Enqueue(new DeliveryReport(outgoing.Opaque, -1, error, onItsWay));
            }

            _held.Clear();
        }

        _wake.Set();
    }

    public MetadataAnswer TryReadPartitionCounts(Span<int> counts, int timeoutMs)
    {
        Asking?.Invoke();
        if (Metadata(timeoutMs) is { Error: not KafkaErrors.None } failed)
        {
            return failed;
        }

        counts.Fill(_partitionCount);
        foreach (var topic in Missing.Concat(MissingNow()))
        {
            counts[(int)topic] = 0;
        }

        return MetadataAnswer.Answered;
    }

    public void Dispose()
    {
        // The waiting handle goes with the test.
        _disposed = true;
    }

    private static string Value(in NativeMessage outgoing) =>
        Encoding.UTF8.GetString(new ReadOnlySpan<byte>(outgoing.Value + GroupBuffer.FrameBytes, (int)outgoing.ValueLength - GroupBuffer.FrameBytes));

    private List<NativeMessage> Take(EventTopic topic, int partition, int count)
    {
        var batch = new List<NativeMessage>();
        if (!_held.TryGetValue((topic, partition), out var held))
        {
            return batch;
        }

        while (batch.Count < count && held.First is { } first)
        {
            batch.Add(first.Value);
            held.RemoveFirst();
        }

        return batch;
    }

    private long Append(EventTopic topic, int partition, in NativeMessage outgoing)
    {
        var key = new ReadOnlySpan<byte>(outgoing.Key, (int)outgoing.KeyLength);
        var offset = Log.Append(topic, partition, key, new ReadOnlySpan<byte>(outgoing.Value, (int)outgoing.ValueLength));
        Appended?.Invoke(outgoing.Opaque, offset);
        return offset;
    }
}
