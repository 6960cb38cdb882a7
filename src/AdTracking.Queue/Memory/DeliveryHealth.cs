namespace AdTracking.Queue.Memory;

/// <summary>How delivery fares: written by the shipper and the delivery thread, read by the journal, which spills when Kafka takes nothing.
/// All times are the clock's milliseconds.</summary>
internal sealed class DeliveryHealth
{
    private long _lastAckMs;
    private long _busySinceMs;
    private int _inFlightEvents;
    private int _recoveries;
    private bool _isHeld;

    /// <summary>Whether the in-flight bound, or the lack of a producer, holds what is published back: new blocks wait.</summary>
    public bool IsHeld
    {
        get => Volatile.Read(ref _isHeld);
        set => Volatile.Write(ref _isHeld, value);
    }

    /// <summary>When Kafka last acknowledged anything.</summary>
    public long LastAckMs
    {
        get => Interlocked.Read(ref _lastAckMs);
        set => Interlocked.Exchange(ref _lastAckMs, value);
    }

    /// <summary>When the producer was last given something while it held nothing.</summary>
    public long BusySinceMs
    {
        get => Interlocked.Read(ref _busySinceMs);
        set => Interlocked.Exchange(ref _busySinceMs, value);
    }

    /// <summary>Events that the producer holds.</summary>
    public int InFlightEvents => Volatile.Read(ref _inFlightEvents);

    /// <summary>Changes whenever a partition that took nothing takes again.</summary>
    public int Recoveries => Volatile.Read(ref _recoveries);

    /// <summary>Whether Kafka acknowledges what it is given, or is given nothing: not for so long has it been silent.</summary>
    public bool IsKafkaTaking(long nowMs, int silentMsMax) =>
        !IsHeld && (InFlightEvents == 0 || nowMs - Math.Max(LastAckMs, BusySinceMs) < silentMsMax);

    /// <summary>Adds events that were handed over, or takes away those that were reported. Returns how many the producer holds now.</summary>
    public int AddInFlight(int events) => Interlocked.Add(ref _inFlightEvents, events);

    /// <summary>A partition that took nothing takes again.</summary>
    public void CountRecovery() => Interlocked.Increment(ref _recoveries);
}
