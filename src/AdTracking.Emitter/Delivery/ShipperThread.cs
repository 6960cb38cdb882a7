namespace AdTracking.Emitter.Delivery;

/// <summary>Runs the shipper on its tick. While nothing is under way it sleeps until an appender wakes it, and then hands over at once: a
/// lone event waits for nobody. After that it gathers for a tick.</summary>
internal sealed class ShipperThread : IDisposable
{
    // Only a belt beside the braces: should a wake-up ever be missed, an event waits this long.
    private const int IdleMsMax = 1_000;
    private readonly Shipper _shipper;
    private readonly TickPolicy _policy;
    private readonly Action? _watch;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private int _idle;
    private long _handedOver;
    private long _partitionBatches;
    private volatile bool _stopping;

    // The action is called after a tick that leaves something to watch over.
    public ShipperThread(Shipper shipper, TickPolicy policy, Action? watch = null)
    {
        _watch = watch;
        _shipper = shipper;
        _policy = policy;
        _thread = new Thread(Run) { Name = "adtracking-shipper", IsBackground = true };
    }

    /// <summary>Events handed over.</summary>
    public long HandedOver => Interlocked.Read(ref _handedOver);

    /// <summary>Hand-overs to one partition.</summary>
    public long PartitionBatches => Interlocked.Read(ref _partitionBatches);

    public void Start() => _thread.Start();

    /// <summary>Something was published or came back. Costs a fence and a read unless the shipper sleeps.</summary>
    public void Notify()
    {
        // The publication must be visible before the flag is read, and the other way round over there.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _idle) != 0 && Interlocked.Exchange(ref _idle, 0) != 0)
        {
            _wake.Set();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            var taken = _shipper.Tick();
            if (taken > 0)
            {
                _handedOver += taken;
                _partitionBatches += _shipper.PartitionsTouched;
                _watch?.Invoke();
                _wake.WaitOne(_policy.Next(taken, _shipper.PartitionsTouched));
            }
            else if (_shipper.HasWork)
            {
                _watch?.Invoke();
                _wake.WaitOne(_policy.CurrentMs);
            }
            else
            {
                Sleep();
            }
        }
    }

    private void Sleep()
    {
        Interlocked.Exchange(ref _idle, 1);
        if (_shipper.HasWork || _stopping)
        {
            Interlocked.Exchange(ref _idle, 0);
        }
        else
        {
            _wake.WaitOne(IdleMsMax);
        }

        Interlocked.Exchange(ref _idle, 0);
    }
}
