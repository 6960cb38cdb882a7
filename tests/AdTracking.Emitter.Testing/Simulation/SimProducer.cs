using System.Buffers.Binary;
using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Log;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>One simulated producer: what it is given waits in it, is sent in requests, lands, is acknowledged once it is visible, is
/// refused, or is left in the dark. Reads an event's bytes when it sends them, and again when it reports them.</summary>
internal sealed unsafe class SimProducer : IEventProducer
{
    private const int RequestsMax = 3;
    private readonly SimKafka _kafka;
    private readonly SimModel _model;
    private readonly SimRandom _random;
    private readonly Func<long> _now;
    private readonly List<NativeMessage>[] _queued;
    private readonly List<SimBatch>[] _sent;
    private readonly Dictionary<ulong, NativeMessage> _underWay = [];
    private readonly Queue<DeliveryReport> _reports = new();
    private bool _disposed;

    public SimProducer(SimKafka kafka, SimModel model, SimRandom random, Func<long> now)
    {
        _kafka = kafka;
        _model = model;
        _random = random;
        _now = now;
        _queued = new List<NativeMessage>[kafka.Partitions.Length];
        _sent = new List<SimBatch>[kafka.Partitions.Length];
        for (var i = 0; i < _queued.Length; i++)
        {
            _queued[i] = [];
            _sent[i] = [];
        }
    }

    public string? FatalReason { get; private set; }

    public string? ClusterId => "simulated";

    /// <summary>Events that it holds without a report.</summary>
    public int Held { get; private set; }

    /// <summary>Nothing fails any more.</summary>
    public bool IsCalm { get; set; }

    public int Produce(EventTopic topic, int partition, Span<NativeMessage> events)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var index = SimKafka.IndexOf(topic, partition, _kafka.PartitionCount);
        var unknown = _kafka.Partitions[index].StalledUntilMs > _now() && _random.OneIn(2);
        var taken = 0;
        foreach (ref var outgoing in events)
        {
            outgoing.Error = FatalReason is not null ? KafkaErrors.Fatal : unknown ? KafkaErrors.UnknownPartition : 0;
            if (outgoing.Error != 0)
            {
                continue;
            }

            _queued[index].Add(outgoing);
            Held++;
            taken++;
        }

        return taken;
    }

    /// <summary>Something happens on a partition, if anything can.</summary>
    public void Step(int partition)
    {
        var sent = _sent[partition];
        var canSend = _queued[partition].Count > 0 && sent.Count < RequestsMax;
        if (sent.Count > 0 && (!canSend || _random.OneIn(2)))
        {
            StepFirst(partition, sent);
        }
        else if (canSend)
        {
            Send(partition);
        }
    }

    /// <summary>Something happens on every partition.</summary>
    public void StepAll()
    {
        for (var i = 0; i < _sent.Length; i++)
        {
            if (_queued[i].Count + _sent[i].Count > 0)
            {
                Step(i);
            }
        }
    }

    /// <summary>A fatal error: it can only report now.</summary>
    public void Die() => FatalReason = "simulated";

    public void Purge()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        for (var i = 0; i < _sent.Length; i++)
        {
            foreach (var outgoing in _queued[i])
            {
                Report(outgoing.Opaque, -1, KafkaErrors.PurgedInQueue, possiblyPersisted: false);
            }

            _queued[i].Clear();
            foreach (var batch in _sent[i])
            {
                Fail(batch, KafkaErrors.PurgedInFlight, possiblyPersisted: true);
            }

            _kafka.LeaveBehind(i, _sent[i], _now());
            _sent[i].Clear();
        }
    }

    /// <summary>Its process is killed.</summary>
    public void Kill()
    {
        if (_disposed)
        {
            return;
        }

        for (var i = 0; i < _sent.Length; i++)
        {
            _kafka.LeaveBehind(i, _sent[i], _now());
        }

        _disposed = true;
    }

    public int Poll(Span<DeliveryReport> reports, int timeoutMs)
    {
        var count = 0;
        while (count < reports.Length && _reports.TryDequeue(out var report))
        {
            reports[count++] = report;
        }

        return count;
    }

    public void Wake()
    {
    }

    public MetadataAnswer TryReadPartitionCounts(Span<int> counts, int timeoutMs)
    {
        counts.Fill(_kafka.PartitionCount);
        return MetadataAnswer.Answered;
    }

    public void Dispose() => _disposed = true;

    // The oldest request: it lands, is refused, is acknowledged, or nobody can say.
    private void StepFirst(int partition, List<SimBatch> sent)
    {
        var first = sent[0];
        var log = _kafka.Partitions[partition];
        if (!IsCalm && _random.OneIn(100))
        {
            Fail(first, KafkaErrors.NotEnoughReplicas, possiblyPersisted: true);
            _kafka.LeaveBehind(partition, [first], _now());
            sent.RemoveAt(0);
        }
        else if (first.Offset >= 0)
        {
            if (log.HighWatermark(_now()) >= first.Offset + first.Events.Count)
            {
                Acknowledge(first, sent);
            }
        }
        else if (log.StalledUntilMs > _now() || (!IsCalm && _random.OneIn(20)))
        {
            // What was sent behind it was sent in vain, too.
            foreach (var batch in sent)
            {
                Fail(batch, KafkaErrors.NotEnoughReplicas, possiblyPersisted: false);
            }

            sent.Clear();
        }
        else if (first.Events.Exists(one => _model.IsBad(one.Event)))
        {
            Fail(first, KafkaErrors.MessageSizeTooLarge, possiblyPersisted: false);
            sent.RemoveAt(0);
        }
        else
        {
            _kafka.Land(partition, first, _now());
        }
    }

    private void Acknowledge(SimBatch batch, List<SimBatch> sent)
    {
        var unnamed = !IsCalm && _random.OneIn(16);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var outgoing = _underWay[batch.Events[i].Opaque];
            if (NumberOf(batch.Topic, outgoing) != batch.Events[i].Event)
            {
                throw new InvalidOperationException("an event's bytes changed before its report");
            }

            Report(batch.Events[i].Opaque, unnamed ? -1 : batch.Offset + i, 0, possiblyPersisted: false);
        }

        sent.RemoveAt(0);
    }

    private void Send(int partition)
    {
        var queued = _queued[partition];
        var count = _random.OneIn(2) ? queued.Count : _random.Between(1, queued.Count);
        var batch = new SimBatch { SentAtMs = _now(), Topic = (EventTopic)(partition / _kafka.PartitionCount) };
        for (var i = 0; i < count; i++)
        {
            var outgoing = queued[i];
            var topic = (EventTopic)(partition / _kafka.PartitionCount);
            var number = NumberOf(topic, outgoing);
            var digest = EventDigest.Of(
                topic, new ReadOnlySpan<byte>(outgoing.Key, (int)outgoing.KeyLength), new ReadOnlySpan<byte>(outgoing.Value, (int)outgoing.ValueLength));
            if (topic != EventTopic.Bad)
            {
                _model.CheckBytes(number, digest);
            }

            batch.Events.Add((outgoing.Opaque, digest, number));
            _underWay.Add(outgoing.Opaque, outgoing);
        }

        queued.RemoveRange(0, count);
        _sent[partition].Add(batch);
    }

    private void Fail(SimBatch batch, int error, bool possiblyPersisted)
    {
        foreach ((var opaque, var _, var _) in batch.Events)
        {
            Report(opaque, -1, error, possiblyPersisted);
        }
    }

    private void Report(ulong opaque, long offset, int error, bool possiblyPersisted)
    {
        _underWay.Remove(opaque);
        Held--;
        _reports.Enqueue(new DeliveryReport(opaque, offset, error, possiblyPersisted));
    }

    // A BadEvent counts as the event that it stands for, with another sign.
    private static int NumberOf(EventTopic topic, in NativeMessage outgoing)
    {
        var value = new ReadOnlySpan<byte>(outgoing.Value + GroupBuffer.FrameBytes, (int)outgoing.ValueLength - GroupBuffer.FrameBytes);
        if (topic != EventTopic.Bad)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(value);
        }

        if (!BadEvent.TryDecode(value, out var bad))
        {
            throw new InvalidOperationException("the bad-events topic gets something else");
        }

        return -1 - BinaryPrimitives.ReadInt32LittleEndian(bad.Body!.Value.Span[GroupBuffer.FrameBytes..]) - 1;
    }
}
