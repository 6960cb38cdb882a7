using System.Threading.Tasks.Sources;
using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>What a request waits on. It is completed once, by the first of: the last outcome (from a delivery report or from the journal), the
/// deadline, the pipeline's stop. Pooled: rent it from the pipeline, append with it, await it once, read the outcomes, return it. Outcomes
/// that come after the return are ignored, because they carry an older generation.</summary>
public sealed class DeliveryWaiter : IValueTaskSource<WaitOutcome>
{
    private readonly bool _inline;
    private ManualResetValueTaskSourceCore<WaitOutcome> _core;
    private DeliveryOutcome[] _outcomes = [];
    private int _count;
    private int _gate;
    private int _eventsLeft;
    private long _deadlineMs;
    private bool _armed;
    private bool _completed;
    private bool _someFailed;

    internal DeliveryWaiter(int index, bool inlineContinuations)
    {
        Index = index;
        _inline = inlineContinuations;
    }

    /// <summary>One outcome an event, in the order in which they were put into the group.</summary>
    public ReadOnlySpan<DeliveryOutcome> Outcomes => _outcomes.AsSpan(0, _count);

    internal int Index { get; }

    internal uint Generation { get; private set; } = 1;

    /// <summary>Completes with the first of: every event has its outcome, the deadline, the pipeline's end. Await it once.</summary>
    public ValueTask<WaitOutcome> WaitAsync() => new(this, _core.Version);

    WaitOutcome IValueTaskSource<WaitOutcome>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<WaitOutcome>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<WaitOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Makes room for a request's outcomes.</summary>
    internal void Prepare(int eventCount)
    {
        if (_outcomes.Length < eventCount)
        {
            _outcomes = new DeliveryOutcome[Math.Max(eventCount, 16)];
        }

        _count = eventCount;
    }

    /// <summary>Under the lane's lock, before the group can be seen.</summary>
    internal void Arm(int eventCount, long deadlineMs)
    {
        Enter();
        Invariant.Holds(!_armed, "a waiter waits for one append");
        Prepare(eventCount);
        _outcomes.AsSpan(0, _count).Fill(DeliveryOutcome.None);
        _eventsLeft = eventCount;
        _deadlineMs = deadlineMs;
        _armed = true;
        Exit();
    }

    /// <summary>Notes an event's outcome. True when it was the last one: then <see cref="Complete"/> has to follow.</summary>
    internal bool Record(uint generation, int ordinal, in DeliveryOutcome outcome)
    {
        Enter();
        var last = false;
        if (generation == Generation && !_completed)
        {
            // What is in the journal already has its outcome; that Kafka has it as well is told to whoever still waits for others.
            var first = _outcomes[ordinal].Status == EventOutcome.Waiting;
            if (first || outcome.Status == EventOutcome.Delivered)
            {
                _outcomes[ordinal] = outcome;
            }

            if (first)
            {
                _someFailed |= !outcome.Status.IsStored();
                last = --_eventsLeft == 0;
                _completed = last;
            }
        }

        Exit();
        return last;
    }

    /// <summary>The outcome, once there is one, for an owner that does not await it.</summary>
    internal bool TryGetOutcome(out WaitOutcome outcome)
    {
        var completed = _core.GetStatus(_core.Version) != ValueTaskSourceStatus.Pending;
        outcome = completed ? _core.GetResult(_core.Version) : default;
        return completed;
    }

    /// <summary>Whether it still waits for this use's outcomes.</summary>
    internal bool IsWaiting(uint generation)
    {
        Enter();
        var waits = generation == Generation && _armed && !_completed;
        Exit();
        return waits;
    }

    /// <summary>Wakes who waits, after <see cref="Record"/> said so. Runs the continuation here when the pipeline's option is set.</summary>
    internal void Complete()
    {
        _core.RunContinuationsAsynchronously = !_inline;
        _core.SetResult(_someFailed ? WaitOutcome.SomeFailed : WaitOutcome.Stored);
    }

    /// <summary>Completes it as overdue or stopped. Continuations go to the thread pool.</summary>
    internal bool TryGiveUp(WaitOutcome outcome, long nowMs)
    {
        Enter();
        var first = _armed && !_completed && (outcome == WaitOutcome.Stopped || nowMs >= _deadlineMs);
        if (first)
        {
            _completed = true;
        }

        Exit();
        if (!first)
        {
            return false;
        }

        _core.RunContinuationsAsynchronously = true;
        _core.SetResult(outcome);
        return true;
    }

    /// <summary>Ends this use; what comes later for it is ignored.</summary>
    internal void Reset()
    {
        Enter();
        Invariant.Holds(!_armed || _completed, "a waiter is returned after it was completed, or never armed");
        Generation++;
        _armed = false;
        _completed = false;
        _someFailed = false;
        _core.Reset();
        Exit();
    }

    // Held for a few stores by delivery, deadline and owner; never while anything runs that is not ours.
    private void Enter()
    {
        if (Interlocked.CompareExchange(ref _gate, 1, 0) == 0)
        {
            return;
        }

        var spin = default(SpinWait);
        do
        {
            spin.SpinOnce();
        }
        while (Interlocked.CompareExchange(ref _gate, 1, 0) != 0);
    }

    private void Exit() => Volatile.Write(ref _gate, 0);
}
