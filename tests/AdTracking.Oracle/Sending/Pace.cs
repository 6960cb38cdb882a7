using System.Diagnostics;

namespace AdTracking.Oracle.Sending;

/// <summary>How fast all connections together send, changeable at any time; and how they are held and ended.</summary>
internal sealed class Pace(int connections, double rate) : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private double _rate = rate;

    public CancellationToken End => _end.Token;

    /// <summary>Events a second of all connections.</summary>
    public double Rate
    {
        get => Volatile.Read(ref _rate);
        set => Volatile.Write(ref _rate, value);
    }

    public void Dispose()
    {
        _end.Dispose();
        _open.Dispose();
    }

    public void Hold() => _open.Reset();

    public void GoOn() => _open.Set();

    public void Finish()
    {
        _end.Cancel();
        _open.Set();
    }

    /// <summary>Waits until the next request of a connection is due, and returns when the one after it will be (a Stopwatch time).</summary>
    public long Wait(long due, int events)
    {
        try
        {
            if (!_open.IsSet)
            {
                _open.Wait(_end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return due;
        }

        var now = Stopwatch.GetTimestamp();
        if (due > now)
        {
            _end.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds((due - now) / (double)Stopwatch.Frequency));
        }
        // A gateway that was away is not to be flooded for longer than a second's worth.
        var from = Math.Max(due, now - Stopwatch.Frequency);
        return from + (long)(events * connections / Rate * Stopwatch.Frequency);
    }
}
