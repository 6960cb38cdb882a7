
namespace AdTracking.Queue.Journal;

/// <summary>Runs the journal's rounds; sleeps while Kafka takes everything in time. A second thread reads what an earlier run has left, and
/// ends.</summary>
internal sealed class JournalThread : IDisposable
{
    private const int IdleMsMax = 1_000;
    private readonly SpillJournal _journal;
    private readonly WakeSignal _wake;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _rounds;
    private readonly Thread _recovery;
    private readonly Func<bool> _hasWork;

    public JournalThread(SpillJournal journal, WakeSignal wake)
    {
        _journal = journal;
        _wake = wake;
        _hasWork = () => _stop.IsSet || !_journal.IsIdle;
        _rounds = new Thread(RunRounds) { Name = "adtracking-journal", IsBackground = true };
        _recovery = new Thread(Recover) { Name = "adtracking-recovery", IsBackground = true };
    }

    public void Start()
    {
        if (_journal.Found.IsPending)
        {
            _recovery.Start();
        }

        _rounds.Start();
    }

    /// <summary>Ends the threads; the journal itself stays.</summary>
    public void Dispose()
    {
        _stop.Set();
        _wake.Wake();
        _journal.Found.Stop();
        if (_recovery.IsAlive)
        {
            _recovery.Join();
        }

        if (_rounds.IsAlive)
        {
            _rounds.Join();
        }

        _stop.Dispose();
    }

    private void Recover()
    {
        _journal.Found.Scan();
        _wake.Notify();
    }

    private void RunRounds()
    {
        while (!_stop.IsSet)
        {
            var waitMs = _journal.Round();
            if (waitMs > 0)
            {
                _wake.Pause(waitMs);
            }
            else if (waitMs < 0)
            {
                _wake.Sleep(_hasWork, IdleMsMax);
            }
        }
    }
}
