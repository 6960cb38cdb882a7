
namespace AdTracking.Queue.Journal;

/// <summary>When what is in doubt may be looked for in Kafka's log, and whether that goes on: the journal, delivery and whoever reads the
/// log agree on it here.</summary>
internal sealed class ReconcileGate
{
    private readonly Clock _clock;
    private readonly int _afterMs;
    private long _notBeforeMs;

    /// <summary>Opens so long after now, and after anything that may become visible late.</summary>
    public ReconcileGate(Clock clock, int afterMs)
    {
        _clock = clock;
        _afterMs = afterMs;
        _notBeforeMs = clock.NowMs + afterMs;
    }

    /// <summary>Held while it is decided what a run looks for; whoever adds events in doubt holds it, and adds none during a run.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Whether a run has listed its ends: events that come in doubt now wait for the next one. Changed under the lock.</summary>
    public bool IsRunning { get; set; }

    /// <summary>From when on the log shows everything that was sent by what is gone now.</summary>
    public long NotBeforeMs => Interlocked.Read(ref _notBeforeMs);

    /// <summary>A producer is being ended: nothing is looked for until it is.</summary>
    public void BeginWait() => Interlocked.Exchange(ref _notBeforeMs, long.MaxValue);

    /// <summary>Nothing that was sent before this moment becomes visible later than the waiting time.</summary>
    public void EndWait() => Interlocked.Exchange(ref _notBeforeMs, _clock.NowMs + _afterMs);

    /// <summary>A producer that lives has reported that Kafka may hold an event: it may become visible as late as what a dead one has
    /// sent.</summary>
    public void WaitAnew()
    {
        var untilMs = _clock.NowMs + _afterMs;
        var waitMs = NotBeforeMs;
        while (waitMs < untilMs && Interlocked.CompareExchange(ref _notBeforeMs, untilMs, waitMs) != waitMs)
        {
            waitMs = NotBeforeMs;
        }
    }
}
