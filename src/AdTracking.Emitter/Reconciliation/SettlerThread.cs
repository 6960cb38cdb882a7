namespace AdTracking.Emitter.Reconciliation;

/// <summary>Takes the settler's steps. It sleeps while nothing is in doubt.</summary>
internal sealed class SettlerThread : IDisposable
{
    private readonly Settler _settler;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public SettlerThread(Settler settler)
    {
        _settler = settler;
        _thread = new Thread(Run) { Name = "adtracking-settler", IsBackground = true };
    }

    public void Start() => _thread.Start();

    /// <summary>The thread ends soon; it may be in a call of some seconds.</summary>
    public void Stop() => _stop.Set();

    /// <summary>Ends the thread; the settler itself stays.</summary>
    public void Dispose()
    {
        Stop();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsSet)
        {
            var waitMs = _settler.Step();
            if (waitMs > 0)
            {
                _stop.Wait(waitMs);
            }
        }
    }
}
