namespace AdTracking.Faults.Testing;

/// <summary>What a gateway may do wrong, now and then.</summary>
public enum InjectedFault
{
    /// <summary>An event gets its 2xx and is thrown away.</summary>
    Drop,

    /// <summary>An event is stored twice.</summary>
    Double,

    /// <summary>An event is stored with one letter changed.</summary>
    Corrupt,

    /// <summary>Pixels are answered at once and stored a moment later; what waits then dies with the gateway.</summary>
    AnswerEarly,

    /// <summary>An event is kept back until its key's next one is stored.</summary>
    Overtake,

    /// <summary>An event that nobody sent is stored beside another one.</summary>
    Invent,
}

/// <summary>Counts events as they pass, and says when a fault is due.</summary>
internal sealed class InjectedFaultCounter(int every)
{
    private long _events;
    private int _faults;
    private int _injectedInBatches;
    private int _owed;

    /// <summary>How often there was a fault.</summary>
    public int Injected => Volatile.Read(ref _faults) + Volatile.Read(ref _injectedInBatches);

    public int Owed => Volatile.Read(ref _owed);

    /// <summary>Counts the events of a request; true when a fault is due.</summary>
    public bool Pass(HttpText request)
    {
        var events = 1;
        if (request.Body.Length > 0)
        {
            events = request.Body.AsSpan().Count("\"event_id\""u8);
        }

        return Interlocked.Add(ref _events, events) / every > Volatile.Read(ref _faults);
    }

    /// <summary>For the one caller that is to do wrong now: true, and how many faults came before this one.</summary>
    public bool TryTake(out int before) => TryTake(ref _faults, out before);

    /// <summary>The same, for faults of batches.</summary>
    public bool TakeBatch() => TryTake(ref _injectedInBatches, out _);

    public void Owe(int change) => Interlocked.Add(ref _owed, change);

    private bool TryTake(ref int faults, out int before)
    {
        before = Volatile.Read(ref faults);
        return Interlocked.Read(ref _events) / every > before && Interlocked.CompareExchange(ref faults, before + 1, before) == before;
    }
}
