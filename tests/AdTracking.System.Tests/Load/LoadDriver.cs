using System.Diagnostics;
using System.Text.Json;

namespace AdTracking.System.Tests.Load;

/// <summary>Sends requests over several connections and reads every answer to its end.</summary>
internal static class LoadDriver
{
    public static async Task<LoadOutcome> RunAsync(Uri gateway, LoadRequest[] requests, int connections = 32)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = connections };
        using var http = new HttpClient(handler);
        var outcome = new LoadOutcome();
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests.Length; i = Interlocked.Increment(ref next))
            {
                await SendAsync(http, gateway, requests[i], outcome);
            }
        })));
        outcome.Elapsed = clock.Elapsed;
        return outcome;
    }

    private static async Task SendAsync(HttpClient http, Uri gateway, LoadRequest request, LoadOutcome outcome)
    {
        try
        {
            using var message = request.ToMessage(gateway);
            using var answer = await http.SendAsync(message);
            var body = await answer.Content.ReadAsByteArrayAsync();
            if ((int)answer.StatusCode != request.GoodStatus)
            {
                outcome.Refuse(Describe(request, answer), request.Events.Count);
            }
            else if (request.HasResults)
            {
                Judge(request, body, outcome);
            }
            else
            {
                foreach (var one in request.Events)
                {
                    outcome.Acknowledge(request.Route, one);
                }
            }
        }
        catch (HttpRequestException problem)
        {
            outcome.Refuse($"no answer ({problem.HttpRequestError})", request.Events.Count);
        }
    }

    private static void Judge(LoadRequest request, byte[] body, LoadOutcome outcome)
    {
        using var json = JsonDocument.Parse(body);
        var results = json.RootElement.GetProperty("results");
        results.GetArrayLength().ShouldBe(request.Events.Count);
        var at = 0;
        foreach (var result in results.EnumerateArray())
        {
            var one = request.Events[at];
            result.GetProperty("i").GetInt32().ShouldBe(at++);
            if (result.GetProperty("outcome").GetString() is "accepted")
            {
                result.GetProperty("id").GetString().ShouldBe(one.Id);
                outcome.Acknowledge(request.Route, one);
            }
            else
            {
                outcome.Refuse(result.GetRawText().Replace(one.Id, "ID", StringComparison.Ordinal));
            }
        }
    }

    private static string Describe(LoadRequest request, HttpResponseMessage answer) =>
        $"{request.Route} {(int)answer.StatusCode} "
        + (answer.Headers.TryGetValues("X-AdTracking-Error", out var codes) ? codes.First() : "without a code");
}
