using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AdTracking.Cli.Sending;

/// <summary>Posts events over a few connections and counts what the gateway says about each.</summary>
internal sealed class Sender(SendOptions options, HttpClient http, SendSummary summary, TimeProvider clock)
{
    private readonly Uri _target = new(options.Gateway, "/v1/events");
    private readonly long _startedAt = clock.GetTimestamp();
    private int _taken;

    /// <summary>Runs to the end; progress goes to <paramref name="progress"/> once a second.</summary>
    public static async Task<SendSummary> RunAsync(
        SendOptions options, TextWriter progress, TimeProvider clock, CancellationToken cancellation)
    {
        var summary = new SendSummary(options.Kind);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections };
        using var http = new HttpClient(handler);
        var sender = new Sender(options, http, summary, clock);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        var reporting = ReportAsync(timer, summary, progress);
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => sender.WorkAsync(cancellation)));
        summary.Elapsed = clock.GetElapsedTime(sender._startedAt);
        timer.Dispose();
        await reporting;
        await progress.WriteLineAsync(summary.ToString());
        return summary;
    }

    private static async Task ReportAsync(PeriodicTimer timer, SendSummary summary, TextWriter progress)
    {
        while (await timer.WaitForNextTickAsync())
        {
            await progress.WriteLineAsync(summary.ToString());
        }
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        var events = new SyntheticEvents(options.Kind, new Random(), clock);
        var body = new ArrayBufferWriter<byte>(64 * 1024);
        while (true)
        {
            var first = Interlocked.Add(ref _taken, options.Batch) - options.Batch;
            if (first >= options.Count)
            {
                return;
            }

            await PaceAsync(first, cancellation);
            var count = Math.Min(options.Batch, options.Count - first);
            WriteBody(body, events, count);
            await PostAsync(body.WrittenMemory, count, cancellation);
        }
    }

    // Every request has its moment on the clock, counted from the start: a slow answer does not lower the rate of the others.
    private async Task PaceAsync(int first, CancellationToken cancellation)
    {
        if (options.Rate == 0)
        {
            return;
        }

        var early = TimeSpan.FromSeconds((double)first / options.Rate) - clock.GetElapsedTime(_startedAt);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, clock, cancellation);
        }
    }

    private static void WriteBody(ArrayBufferWriter<byte> body, SyntheticEvents events, int count)
    {
        body.ResetWrittenCount();
        using var json = new Utf8JsonWriter(body);
        if (count > 1)
        {
            json.WriteStartArray();
        }

        for (var i = 0; i < count; i++)
        {
            events.Write(json);
        }

        if (count > 1)
        {
            json.WriteEndArray();
        }
    }

    private async Task PostAsync(ReadOnlyMemory<byte> body, int count, CancellationToken cancellation)
    {
        summary.AddRequest();
        try
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(_target, content, cancellation);
            Count((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellation), count);
        }
        catch (HttpRequestException problem)
        {
            summary.Add("failed", $"connection_{problem.HttpRequestError}", count);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            summary.Add("failed", "timeout", count);
        }
    }

    private void Count(int status, byte[] answer, int count)
    {
        Debug.Assert(count > 0, "a request holds events");
        try
        {
            using var json = JsonDocument.Parse(answer);
            // 503 has results too when none of the events was stored and one may be sent again.
            if (status is 200 or 503 && json.RootElement.TryGetProperty("results", out var results))
            {
                foreach (var result in results.EnumerateArray())
                {
                    summary.Add(Text(result, "outcome") ?? "failed", Text(result, "code"));
                }
            }
            else
            {
                summary.Add(OutcomeOf(status), Text(json.RootElement, "code") ?? $"http_{status}", count);
            }
        }
        catch (JsonException)
        {
            summary.Add(OutcomeOf(status), $"http_{status}", count);
        }
    }

    // The retry contract: these may be sent again with the same ids; other refusals are final.
    private static string OutcomeOf(int status) => status is 408 or 429 or >= 500 ? "retry" : "rejected";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
