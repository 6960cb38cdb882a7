using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Notices that the in-flight bound holds the shipper, and begins waiting then: the open blocks are closed and later ones start as
/// waiting blocks, of which nothing is handed over until room returns. Such a block can be spilled whole, and read back.</summary>
internal sealed class BackpressureMonitor
{
    private readonly EventQueue _queue;
    private readonly DeliveryHealth _health;
    private readonly int _syncAfterMs;
    private long _heldSinceMs = -1;

    public BackpressureMonitor(EventQueue queue, DeliveryHealth health, int syncAfterMs)
    {
        _queue = queue;
        _health = health;
        _syncAfterMs = syncAfterMs;
    }

    /// <summary>After each tick: whether the bound held it back.</summary>
    public void Observe(bool held, long nowMs)
    {
        if (!held)
        {
            _heldSinceMs = -1;
            if (_health.IsHeld)
            {
                StartAs(BlockKind.Shipping);
            }

            return;
        }

        if (_heldSinceMs < 0)
        {
            _heldSinceMs = nowMs;
        }

        if (!_health.IsHeld && nowMs - _heldSinceMs >= _syncAfterMs)
        {
            StartAs(BlockKind.Unsent);
        }
    }

    private void StartAs(BlockKind kind)
    {
        _health.IsHeld = kind == BlockKind.Unsent;
        foreach (var lane in _queue.Lanes)
        {
            lane.StartAs(kind);
        }
    }
}
