namespace AdTracking.Emitter.Delivery;

/// <summary>How long to gather before the next hand-over. librdkafka sends one request per partition, so at moderate rates the number of
/// requests is the cost, for us and for the brokers: the tick grows while partitions would get few events each, and only as far as keeps
/// the requests below <see cref="RequestsPerMs"/>. At high rates batches are full anyway, and at low ones there are few requests. A
/// producer that sends one request per broker has ticks that never grow: both limits are the same.</summary>
internal sealed class TickPolicy
{
    /// <summary>From this many events a partition and tick on, gathering longer saves little.</summary>
    public const int EventsPerPartitionEnough = 64;

    /// <summary>2,000 produce requests a second, at most some 50 us of CPU each on both sides, are a tenth of a core.</summary>
    public const int RequestsPerMs = 2;

    private readonly int _tickMs;
    private readonly int _tickMsMax;
    private int _current;

    public TickPolicy(int tickMs, int tickMsMax)
    {
        _tickMs = tickMs;
        _tickMsMax = Math.Max(tickMs, tickMsMax);
        _current = tickMs;
    }

    /// <summary>The tick in force.</summary>
    public int CurrentMs => Volatile.Read(ref _current);

    /// <summary>After a hand-over of so many events to so many partitions: the time to the next one.</summary>
    public int Next(int events, int partitions)
    {
        var wanted = partitions == 0 || events >= partitions * EventsPerPartitionEnough
            ? _tickMs
            : Math.Clamp(partitions / RequestsPerMs, _tickMs, _tickMsMax);

        // Half-way towards the wanted one, so that one odd tick does not swing it.
        var next = wanted > _current ? (_current + wanted + 1) / 2 : (_current + wanted) / 2;
        Volatile.Write(ref _current, next);
        return next;
    }
}
