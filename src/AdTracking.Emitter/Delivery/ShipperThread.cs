using AdTracking.Queue;

namespace AdTracking.Emitter.Delivery;

/// <summary>Runs the shipper on its tick. While nothing is under way it sleeps until an appender wakes it, and then hands over at once: a
/// lone event waits for nobody. After that it gathers for a tick.</summary>
internal sealed class ShipperThread : IDisposable
{
    // Only a belt beside the braces: should a wake-up ever be missed, an event waits this long.
    private const int IdleMsMax = 1_000;
    private readonly Shipper _shipper;
    private readonly TickPolicy _policy;
    private readonly WakeSignal _wake;
    private readonly WakeSignal? _journal;
    private readonly Thread _thread;
    private readonly Func<bool> _hasWork;
    private long _handedOver;
    private long _partitionBatches;
    private volatile bool _stopping;

    /// <summary>Sleeps by its own signal; the journal's is given after a tick that leaves something to watch over.</summary>
    public ShipperThread(Shipper shipper, TickPolicy policy, WakeSignal wake, WakeSignal? journal)
    {
        _shipper = shipper;
        _policy = policy;
        _wake = wake;
        _journal = journal;
        _hasWork = () => _shipper.HasWork || _stopping;
        _thread = new Thread(Run) { Name = "adtracking-shipper", IsBackground = true };
    }

    /// <summary>Events handed over.</summary>
    public long HandedOver => Interlocked.Read(ref _handedOver);

    /// <summary>Hand-overs to one partition.</summary>
    public long PartitionBatches => Interlocked.Read(ref _partitionBatches);

    public void Start() => _thread.Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _wake.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
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
                _journal?.Notify();
                _wake.Pause(_policy.Next(taken, _shipper.PartitionsTouched));
            }
            else if (_shipper.HasWork)
            {
                _journal?.Notify();
                _wake.Pause(_policy.CurrentMs);
            }
            else
            {
                _wake.Sleep(_hasWork, IdleMsMax);
            }
        }
    }
}
