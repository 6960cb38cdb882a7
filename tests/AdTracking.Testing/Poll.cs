using System.Diagnostics;

namespace AdTracking.Testing;

/// <summary>Waits for what only asking can tell: a port, a file of another process, a count in a topic.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is true; fails with <paramref name="what"/> when the time is out.</summary>
    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, Func<string> what) =>
        UntilAsync(() => Task.FromResult(condition()), limit, what);

    /// <summary>Asks until the answer is true; fails with <paramref name="what"/> when the time is out.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"After {limit.TotalSeconds:0} s still not: {what()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
