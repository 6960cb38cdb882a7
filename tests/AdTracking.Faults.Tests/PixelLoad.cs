namespace AdTracking.Faults.Tests;

/// <summary>Impression pixels, one after another on each of some connections.</summary>
internal static class PixelLoad
{
    /// <summary>Sends them all; returns how many were answered 200.</summary>
    public static async Task<int> RunAsync(Uri gateway, string name, int count, int connections)
    {
        var next = -1;
        var good = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var connection = new UpstreamConnection(gateway);
                for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                {
                    if (connection.Ask(Pixel(name, i)).FirstLine.Contains(" 200 ", StringComparison.Ordinal))
                    {
                        Interlocked.Increment(ref good);
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return good;
    }

    private static HttpText Pixel(string name, int number) =>
        new($"GET /v1/i?eid={name}-{number}&asid=as-{number % 500}&pub=pub-1 HTTP/1.1\r\nHost: gateway\r\n\r\n", []);
}
