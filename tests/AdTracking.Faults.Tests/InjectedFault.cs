namespace AdTracking.Faults.Tests;

/// <summary>What a gateway may do wrong.</summary>
public enum InjectedFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every 10,000th event gets its 2xx and is thrown away.</summary>
    Drop,

    /// <summary>Every 10,000th event is stored twice.</summary>
    Double,

    /// <summary>Every 10,000th event is stored with one letter changed.</summary>
    Corrupt,

    /// <summary>Pixels are answered at once and stored a moment later; what waits then dies with the gateway.</summary>
    AnswerEarly,

    /// <summary>Every 10,000th event is kept back until its key's next one is stored.</summary>
    Overtake,

    /// <summary>An event that nobody sent is stored in place of every 10,000th.</summary>
    Invent,
}

/// <summary>Counts events as they pass, and says when a fault is due.</summary>
internal sealed class InjectedFaultCounter(int every)
{
    private long _events;
    private int _injected;
    private int _injectedInBatches;
    private int _owed;

    public int Injected => Volatile.Read(ref _injected) + Volatile.Read(ref _injectedInBatches);

    public int Owed => Volatile.Read(ref _owed);

    /// <summary>Counts the events of a request; true when a fault is due.</summary>
    public bool Pass(HttpText request)
    {
        var events = 1;
        if (request.Body.Length > 0)
        {
            events = request.Body.AsSpan().Count("\"event_id\""u8);
        }

        return Interlocked.Add(ref _events, events) / every > Volatile.Read(ref _injected);
    }

    /// <summary>True for the one caller that is to inject it now.</summary>
    public bool Take() => TryTake(ref _injected);

    /// <summary>The same, for faults of batches.</summary>
    public bool TakeBatch() => TryTake(ref _injectedInBatches);

    public void Owe(int change) => Interlocked.Add(ref _owed, change);

    private bool TryTake(ref int injected)
    {
        var done = Volatile.Read(ref injected);
        return Interlocked.Read(ref _events) / every > done && Interlocked.CompareExchange(ref injected, done + 1, done) == done;
    }
}
