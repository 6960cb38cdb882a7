using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Reports at once whatever it is given, and allocates nothing.</summary>
internal sealed class EchoProducer : IEventProducer
{
    private readonly DeliveryReport[] _reports = new DeliveryReport[65_536];
    private int _count;
    private int _read;

    public string? FatalReason => null;

    public string? ClusterId => null;

    public int Produce(EventTopic topic, int partition, Span<NativeMessage> events)
    {
        foreach (ref var outgoing in events)
        {
            outgoing.Error = 0;
            _reports[_count] = new DeliveryReport(outgoing.Opaque, _count++, 0, PossiblyPersisted: false);
        }

        return events.Length;
    }

    public int Poll(Span<DeliveryReport> reports, int timeoutMs)
    {
        var count = Math.Min(reports.Length, _count - _read);
        _reports.AsSpan(_read, count).CopyTo(reports);
        _read += count;
        if (_read == _count)
        {
            _read = _count = 0;
        }

        return count;
    }

    public void Wake()
    {
        // Nothing waits here.
    }

    public void Purge()
    {
        // It holds nothing.
    }

    public MetadataAnswer TryReadPartitionCounts(Span<int> counts, int timeoutMs)
    {
        counts.Fill(4);
        return MetadataAnswer.Answered;
    }

    public void Dispose()
    {
        // Nothing to free.
    }
}
