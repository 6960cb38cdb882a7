using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Responses;

/// <summary>Writes <c>{"results":[...]}</c>: one entry an event, in the order of the body. By hand, because a batch of a hundred events
/// is answered in the time that a general writer needs for ten.</summary>
internal static class BatchAnswer
{
    private static readonly StringValues JsonType = "application/json";
    private static readonly StringValues NoStore = "no-store";

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0x20, 0x5F).Select(c => (char)c).Where(c => c is not ('"' or '\\')))));

    /// <summary>Sends the results and counts them, in one pass; 503 in place of 200 when nothing was stored and trying again can help.</summary>
    public static void Send(Exchange exchange, EventBatch batch, IReadOnlyList<string> topics, bool isDetailed, IntakeCounters counters)
    {
        var outcomes = batch.Waiter is { } waiter ? waiter.Outcomes : default;
        var accepted = 0;
        var retried = 0;
        var output = batch.Answer;
        output.Write("{\"results\":["u8);
        for (var i = 0; i < batch.Results.Length; i++)
        {
            ref readonly var result = ref batch.Results[i];
            var code = CodeOf(in result, outcomes);
            WriteStart(output, i, batch.IdOf(in result));
            if (code == FaultCode.None)
            {
                accepted++;
                output.Write(",\"outcome\":\"accepted\",\"durability\":\""u8);
                output.Write(DeliveryFaults.Durability(in outcomes[result.Ordinal]));
                output.Write("\""u8);
                if (isDetailed)
                {
                    WritePlace(output, in outcomes[result.Ordinal], topics);
                }
            }
            else
            {
                counters.CountEvents(code);
                var isRetry = FaultCodes.Status(code) == StatusCodes.Status503ServiceUnavailable;
                retried += isRetry ? 1 : 0;
                output.Write(isRetry ? ",\"outcome\":\"retry\""u8 : ",\"outcome\":\"rejected\""u8);
                WriteReason(output, code, result.Field);
            }

            output.Write("}"u8);
        }

        counters.CountEvents(FaultCode.None, accepted);
        output.Write("]}"u8);
        exchange.Status = accepted == 0 && retried > 0 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        var headers = exchange.Headers;
        if (retried > 0)
        {
            headers.RetryAfter = Problem.RetryAfterSeconds;
        }

        headers.ContentType = JsonType;
        headers.CacheControl = NoStore;
        headers.ContentLength = output.WrittenCount;
        exchange.Write(output.WrittenSpan);
    }

    /// <summary>The final code of an event: why it was refused at the door, or what its delivery came to.</summary>
    private static FaultCode CodeOf(in EventResult result, ReadOnlySpan<DeliveryOutcome> outcomes) => result.Code != FaultCode.None
        ? result.Code
        : DeliveryFaults.Of(in outcomes[result.Ordinal]);

    private static void WriteStart(ArrayBufferWriter<byte> output, int index, ReadOnlySpan<byte> id)
    {
        output.Write(index == 0 ? "{\"i\":"u8 : ",{\"i\":"u8);
        WriteNumber(output, index);
        if (!id.IsEmpty)
        {
            output.Write(",\"id\":"u8);
            WriteText(output, id);
        }
    }

    private static void WriteReason(ArrayBufferWriter<byte> output, FaultCode code, string? field)
    {
        output.Write(",\"code\":"u8);
        WriteText(output, Encoding.UTF8.GetBytes(FaultCodes.Tag(code)));
        if (field is not null)
        {
            output.Write(",\"field\":"u8);
            WriteText(output, Encoding.UTF8.GetBytes(field));
        }
    }

    private static void WritePlace(ArrayBufferWriter<byte> output, in DeliveryOutcome outcome, IReadOnlyList<string> topics)
    {
        output.Write(",\"topic\":"u8);
        WriteText(output, Encoding.UTF8.GetBytes(topics[(int)outcome.Topic]));
        if (outcome.Status != EventOutcome.Delivered)
        {
            return; // its place in the log is not known yet
        }

        output.Write(",\"partition\":"u8);
        WriteNumber(output, outcome.Partition);
        output.Write(",\"offset\":"u8);
        WriteNumber(output, outcome.Offset);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    private static void WriteText(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        output.Write("\""u8);
        if (!utf8.ContainsAnyExcept(Plain))
        {
            output.Write(utf8);
        }
        else
        {
            // Six bytes for one at most: \u0000.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, output.GetSpan(utf8.Length * 6), out _, out var written);
            output.Advance(written);
        }

        output.Write("\""u8);
    }
}
