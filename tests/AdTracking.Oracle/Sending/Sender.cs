using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using AdTracking.Oracle.Judging;
using AdTracking.Oracle.Minting;

namespace AdTracking.Oracle.Sending;

/// <summary>One connection's thread: request, answer, request, for ever. What has no answer is not sent again.</summary>
internal sealed class Sender(Mint mint, EventTable table, Tally answers, GatewayFile gateway, Pace pace, Func<long> nowMs)
{
    private const int RetryMs = 20;

    private Connection? _connection;

    public void Run()
    {
        var due = Stopwatch.GetTimestamp();
        long next = 0, end = 0;
        while (!pace.End.IsCancellationRequested)
        {
            if (next == end)
            {
                end = (next = table.TakeRun()) + Mint.RunEvents;
            }

            var request = Script.At(mint, next);
            next += request.Events.Length;
            due = pace.Wait(due, request.Events.Length);
            if (!pace.End.IsCancellationRequested && TryConnect())
            {
                Send(request);
            }
        }

        _connection?.Dispose();
    }

    private bool TryConnect()
    {
        while (_connection is null)
        {
            if (pace.End.IsCancellationRequested)
            {
                return false;
            }

            try
            {
                if (gateway.Http is { } address)
                {
                    _connection = Connection.Open(address);
                }
            }
            catch (SocketException)
            {
                answers.Add("not connected");
            }

            if (_connection is null)
            {
                pace.End.WaitHandle.WaitOne(RetryMs);
            }
        }

        return true;
    }

    private void Send(Request request)
    {
        var bytes = request.ToBytes();
        var begun = nowMs();
        foreach (var one in request.Events)
        {
            table.Send(one, begun);
        }

        answers.Add("sent", request.Events.Length);
        try
        {
            var answer = _connection!.Ask(bytes);
            answers.Add($"requests {answer.Status}");
            Judge(request, answer);
            if (answer.Closes)
            {
                Disconnect();
            }

            if (answer.Status == 503)
            {
                pace.End.WaitHandle.WaitOne(RetryMs);
            }
        }
        catch (Exception failure) when (failure is SocketException or EndOfStreamException or InvalidDataException or FormatException)
        {
            answers.Add("events without an answer", request.Events.Length);
            answers.Add($"no answer: {(failure as SocketException)?.SocketErrorCode.ToString() ?? failure.GetType().Name}");
            Disconnect();
        }
    }

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void Judge(Request request, Answer answer)
    {
        if (request.HasResults && answer.Status is 200 or 503 && answer.Body.Length > 0 && answer.Error is null && TryResults(request, answer))
        {
            return;
        }

        foreach (var one in request.Events)
        {
            if (answer.Status == request.GoodStatus && request.Route != Route.Click && !request.HasResults)
            {
                Promise(one, request.Route.ToString());
            }
            else if (answer.Status == request.GoodStatus && request.Route == Route.Click)
            {
                table.Mark(one.Number, EventBits.Redirected);
            }
            else if (answer.Status is >= 400 and < 500 and not 408 and not 429)
            {
                Refuse(one, $"{answer.Status} {answer.Error}");
            }
            else
            {
                answers.Add($"events {answer.Status} {answer.Error}".TrimEnd());
            }
        }
    }

    private bool TryResults(Request request, Answer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        if (!json.RootElement.TryGetProperty("results", out var results))
        {
            return false;
        }

        var at = 0;
        foreach (var result in results.EnumerateArray())
        {
            var one = request.Events[at];
            var outcome = result.GetProperty("outcome").GetString();
            if (result.GetProperty("i").GetInt32() != at++)
            {
                Refuse(one, "result out of its place");
            }
            else if (outcome == "rejected")
            {
                Refuse(one, $"rejected {result.GetProperty("code")}");
            }
            else if (outcome != "accepted")
            {
                answers.Add($"events {outcome} {result.GetProperty("code")}");
            }
            else if (result.GetProperty("id").GetString() != one.Id)
            {
                Refuse(one, "accepted under another id");
            }
            else
            {
                Promise(one, request.Route.ToString(), result.TryGetProperty("durability", out var how) ? how.GetString() : null);
            }
        }

        if (at != request.Events.Length)
        {
            answers.Add("answers with a result missing");
        }

        return true;
    }

    private void Promise(MintedEvent one, string route, string? durability = null)
    {
        table.Promise(one.Number);
        answers.Add("promised");
        answers.Add($"promised by {route}");
        if (durability is not null)
        {
            answers.Add($"promised as {durability}");
        }
    }

    // All that is sent is valid: a refusal is the gateway's mistake, or that of this harness.
    private void Refuse(MintedEvent one, string why)
    {
        table.Mark(one.Number, EventBits.Refused);
        answers.Add("refused");
        answers.Add($"refused: {why}");
    }
}
