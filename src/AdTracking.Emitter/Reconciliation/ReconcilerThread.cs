namespace AdTracking.Emitter.Reconciliation;

/// <summary>Takes the reconciler's steps. It sleeps while nothing is in doubt.</summary>
internal sealed class ReconcilerThread : IDisposable
{
    private readonly Reconciler _reconciler;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public ReconcilerThread(Reconciler reconciler)
    {
        _reconciler = reconciler;
        _thread = new Thread(Run) { Name = "adtracking-reconciler", IsBackground = true };
    }

    public void Start() => _thread.Start();

    /// <summary>The thread ends soon; it may be in a call of some seconds.</summary>
    public void Stop() => _stop.Set();

    /// <summary>Ends the thread; the reconciler itself stays.</summary>
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
            var waitMs = _reconciler.Step();
            if (waitMs > 0)
            {
                _stop.Wait(waitMs);
            }
        }
    }
}
