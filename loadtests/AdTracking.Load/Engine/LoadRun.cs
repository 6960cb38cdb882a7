using System.Diagnostics;
using System.Net;
using AdTracking.Load.Requests;
using AdTracking.Load.Scenarios;

namespace AdTracking.Load.Engine;

/// <summary>Runs one scenario against one address.</summary>
internal sealed class LoadRun
{
    private readonly Scenario _scenario;
    private readonly PreparedRequest[] _requests;
    private readonly Connection[] _connections;
    private readonly StepChoice _choice;
    private readonly Schedule _schedule;
    private readonly IdSource _ids;
    private long _next;
    private long _startedAt;
    private volatile bool _isStopped;

    /// <summary>Prepares the requests; nothing is sent yet.</summary>
    public LoadRun(Scenario scenario, EndPoint endPoint, string host, long run)
    {
        _scenario = scenario;
        _requests = [.. scenario.Steps.Select(step => RequestBuilder.Build(step, host, scenario.KeepAlive))];
        var timeout = TimeSpan.FromMilliseconds(scenario.TimeoutMs);
        _connections = [.. Enumerable.Range(0, scenario.Connections).Select(_ => new Connection(endPoint, scenario.KeepAlive, timeout))];
        _choice = new StepChoice(scenario.Seed, scenario.Steps);
        _schedule = new Schedule(scenario.IsClosed ? [] : scenario.Load);
        _ids = new IdSource(run);
    }

    /// <summary>What was counted so far.</summary>
    public Recorder Recorder { get; } = new();

    /// <summary>Seconds since the first request could leave.</summary>
    public double ElapsedSeconds => Stopwatch.GetElapsedTime(_startedAt).TotalSeconds;

    /// <summary>Sends the whole load and waits for the answers. When cancelled it ends at once and keeps what was counted.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _startedAt = Stopwatch.GetTimestamp();
        await using var stop = cancellation.Register(Stop);
        await using var watchdog = new Timer(_ => Array.ForEach(_connections, connection => connection.CloseWhenLate()), null, 50, 50);
        using var due = new SemaphoreSlim(0);
        var work = _connections.Select(connection => Task.Run(() => _scenario.IsClosed ? CloseLoopAsync(connection) : OpenLoopAsync(connection, due)));
        var workers = work.ToArray();
        if (!_scenario.IsClosed)
        {
            await Task.Factory.StartNew(() => Pace(due), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await Task.WhenAll(workers);
        Array.ForEach(_connections, connection => connection.Dispose());
    }

    private void Stop()
    {
        _isStopped = true;
        Array.ForEach(_connections, connection => connection.Dispose());
    }

    // Lets a connection go for every request that is due; at the end one more for each, which ends it.
    private void Pace(SemaphoreSlim due)
    {
        const double WaitSecondsMax = 0.05;
        for (long released = 0; released < _schedule.Total && !_isStopped;)
        {
            var count = 0;
            var elapsed = ElapsedSeconds;
            while (released < _schedule.Total && _schedule.DueSeconds(released) <= elapsed)
            {
                released++;
                count++;
            }

            if (count > 0)
            {
                due.Release(count);
            }

            if (released < _schedule.Total)
            {
                PreciseWait.For(Math.Clamp(_schedule.DueSeconds(released) - ElapsedSeconds, 0, WaitSecondsMax));
            }
        }

        due.Release(_connections.Length);
    }

    // The latency of a request counts from when it was due, not from when a connection was free to send it.
    private async Task OpenLoopAsync(Connection connection, SemaphoreSlim due)
    {
        var requests = Copies();
        var giveUpSeconds = _scenario.Seconds + (_scenario.TimeoutMs / 1000d);
        while (true)
        {
            await due.WaitAsync(CancellationToken.None);
            var index = Interlocked.Increment(ref _next) - 1;
            if (index >= _schedule.Total || _isStopped)
            {
                return;
            }

            if (ElapsedSeconds > giveUpSeconds)
            {
                Recorder.Record(Outcome.Unsent, 0, 0);
                continue;
            }

            await SendAsync(connection, requests[_choice.Of(index)], _schedule.DueSeconds(index));
        }
    }

    private async Task CloseLoopAsync(Connection connection)
    {
        var requests = Copies();
        while (!_isStopped)
        {
            var start = ElapsedSeconds;
            if (start >= _scenario.Seconds)
            {
                return;
            }

            await SendAsync(connection, requests[_choice.Of(Interlocked.Increment(ref _next) - 1)], start);
        }
    }

    private async Task SendAsync(Connection connection, PreparedRequest request, double dueSeconds)
    {
        request.Patch(_ids);
        var outcome = await connection.ExchangeAsync(request.Bytes);
        if (outcome == Outcome.NotConnected && !_isStopped)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10)); // A closed port refuses in microseconds: do not try it as fast as that.
        }

        if (!_isStopped || outcome.Error is null)
        {
            Recorder.Record(outcome, request.Events, ElapsedSeconds - dueSeconds);
        }
    }

    private PreparedRequest[] Copies() => [.. _requests.Select(request => request.Copy())];
}
