namespace AdTracking.Queue.Journal;

/// <summary>What the journal has done since the start. Written by its threads, read by anybody.</summary>
internal sealed class JournalCounters
{
    private long _spilledEvents;
    private long _spills;
    private long _syncs;
    private long _errors;
    private long _recovered;
    private long _struckOut;
    private long _damaged;

    public long SpilledEvents => Interlocked.Read(ref _spilledEvents);

    public long Spills => Interlocked.Read(ref _spills);

    public long Syncs => Interlocked.Read(ref _syncs);

    public long Errors => Interlocked.Read(ref _errors);

    public long Recovered => Interlocked.Read(ref _recovered);

    public long StruckOut => Interlocked.Read(ref _struckOut);

    public long Damaged => Interlocked.Read(ref _damaged);

    public void CountSpill(int events)
    {
        Interlocked.Increment(ref _spills);
        Interlocked.Add(ref _spilledEvents, events);
    }

    public void CountSync() => Interlocked.Increment(ref _syncs);

    public void CountError() => Interlocked.Increment(ref _errors);

    public void CountRecovered(long events) => Interlocked.Add(ref _recovered, events);

    public void CountStruckOut() => Interlocked.Increment(ref _struckOut);

    public void CountDamaged(long events) => Interlocked.Add(ref _damaged, events);
}
