namespace AdTracking.Faults.Tests;

/// <summary>Counts events as they pass, and says when a lie is due.</summary>
internal sealed class LieCounter(int every)
{
    private long _events;
    private int _lies;
    private int _batchLies;
    private int _owed;

    public int Lies => Volatile.Read(ref _lies) + Volatile.Read(ref _batchLies);

    public int Owed => Volatile.Read(ref _owed);

    /// <summary>Counts the events of a request; true when a lie is due.</summary>
    public bool Pass(HttpText request)
    {
        var events = 1;
        if (request.Body.Length > 0)
        {
            events = request.Body.AsSpan().Count("\"event_id\""u8);
        }

        return Interlocked.Add(ref _events, events) / every > Volatile.Read(ref _lies);
    }

    /// <summary>True for the one caller that is to lie now.</summary>
    public bool Take() => TryTake(ref _lies);

    /// <summary>The same, for lies about batches.</summary>
    public bool TakeBatch() => TryTake(ref _batchLies);

    public void Owe(int change) => Interlocked.Add(ref _owed, change);

    private bool TryTake(ref int lies)
    {
        var done = Volatile.Read(ref lies);
        return Interlocked.Read(ref _events) / every > done && Interlocked.CompareExchange(ref lies, done + 1, done) == done;
    }
}
