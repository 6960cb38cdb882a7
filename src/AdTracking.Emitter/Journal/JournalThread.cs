namespace AdTracking.Emitter.Journal;

/// <summary>Runs the journal's rounds and the settler's steps, a thread each. Both sleep while Kafka takes everything in time. A third one
/// reads what an earlier run has left, and ends.</summary>
internal sealed class JournalThread : IDisposable
{
    private const int IdleMsMax = 1_000;
    private readonly SpillJournal _journal;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _rounds;
    private readonly Thread _settling;
    private readonly Thread _recovery;
    private int _idle;

    public JournalThread(SpillJournal journal)
    {
        _journal = journal;
        _rounds = new Thread(RunRounds) { Name = "adtracking-journal", IsBackground = true };
        _settling = new Thread(RunSettling) { Name = "adtracking-settler", IsBackground = true };
        _recovery = new Thread(Recover) { Name = "adtracking-recovery", IsBackground = true };
        journal.Notify = Notify;
    }

    public void Start()
    {
        if (_journal.Found.IsPending)
        {
            _recovery.Start();
        }

        _rounds.Start();
        _settling.Start();
    }

    /// <summary>There may be something to do. Costs a fence and a read unless the journal sleeps for good.</summary>
    public void Notify()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _idle) != 0 && Interlocked.Exchange(ref _idle, 0) != 0)
        {
            _wake.Set();
        }
    }

    /// <summary>Ends the threads; the journal itself stays.</summary>
    public void Dispose()
    {
        _stop.Set();
        _wake.Set();
        _journal.Found.Stop();
        if (_recovery.IsAlive)
        {
            _recovery.Join();
        }

        if (_rounds.IsAlive)
        {
            _rounds.Join();
        }

        if (_settling.IsAlive)
        {
            _settling.Join();
        }

        _wake.Dispose();
        _stop.Dispose();
    }

    private void Recover()
    {
        _journal.Found.Scan();
        Notify();
    }

    private void RunRounds()
    {
        while (!_stop.IsSet)
        {
            var waitMs = _journal.Round();
            if (waitMs > 0)
            {
                _wake.WaitOne(waitMs);
            }
            else if (waitMs < 0)
            {
                Sleep();
            }
        }
    }

    private void Sleep()
    {
        Interlocked.Exchange(ref _idle, 1);
        if (!_stop.IsSet && _journal.IsIdle)
        {
            _wake.WaitOne(IdleMsMax);
        }

        Interlocked.Exchange(ref _idle, 0);
    }

    private void RunSettling()
    {
        while (!_stop.IsSet)
        {
            var waitMs = _journal.Settler.Step();
            if (waitMs > 0)
            {
                _stop.Wait(waitMs);
            }
        }
    }
}
