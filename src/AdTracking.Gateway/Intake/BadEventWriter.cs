using System.Security.Cryptography;
using System.Text;
using AdTracking.Avro.Records;
using AdTracking.Emitter.Pipeline;
using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Http;
using AdTracking.Gateway.Identity;
using AdTracking.Gateway.Telemetry;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Intake;

/// <summary>Puts refused events into the bad-events topic, so that nothing is removed invisibly. No answer waits for it; what exceeds the
/// topic's share of the queue is counted and dropped.</summary>
internal sealed class BadEventWriter(
    EventPipeline pipeline,
    IntakeCounters counters,
    IntakeLedger ledger,
    IpPolicy ipPolicy,
    LimitOptions limits,
    string edgeId,
    TimeProvider clock)
{
    private const string ContentEncodingHeader = "Content-Encoding";
    private const int HeaderCharsMax = 1_024;
    private const int FieldCharsMax = 128;
    private const int QueryCharsMax = 16_384;

    /// <summary>A batch's refused events go to the queue in groups of about this size: a share that has no room for all takes some.</summary>
    private const int GroupBytes = 256 << 10;

    /// <summary>What a replay needs to judge the event again. Never a header that may carry a secret.</summary>
    private static readonly string[] KeptHeaders = ["User-Agent", "Referer", "Origin", ContentEncodingHeader, "Sec-GPC", "DNT"];

    [ThreadStatic]
    private static byte[]? ThreadKey;

    /// <summary>Keeps a refused request: its query, and its body if it had one.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="code">Why it was refused.</param>
    /// <param name="field">The field at fault, where there is one.</param>
    /// <param name="body">The body; empty when there is none.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="isPacked">The body is still as its <c>Content-Encoding</c> says; otherwise that header no longer fits and is left out.</param>
    public void Write(Exchange exchange, FaultCode code, string? field, ReadOnlySpan<byte> body, ClientAddress client, bool isPacked = false)
    {
        var group = Begin(out var now);
        Add(group, exchange, code, field, body, client, now, isPacked);
        Append(group, 1);
    }

    /// <summary>Keeps the refused events of a batch, each with its own part of the body.</summary>
    public void WriteRejected(Exchange exchange, EventBatch batch, ReadOnlySpan<byte> body, ClientAddress client)
    {
        var group = Begin(out var now);
        var dropped = 0;
        foreach (ref readonly var result in batch.Results)
        {
            if (result.Code != FaultCode.None
                && !Add(group, exchange, result.Code, result.Field, body.Slice(result.SourceStart, result.SourceLength), client, now))
            {
                dropped++;
            }
            else if (group.Bytes >= GroupBytes)
            {
                Append(group, group.EventCount);
                group = Begin(out now);
            }
        }

        if (dropped > 0)
        {
            Count(dropped, areKept: false, IntakeLedger.MinuteOf(now.ToUnixTimeMilliseconds()));
        }

        if (group.EventCount > 0)
        {
            Append(group, group.EventCount);
        }
    }

    private GroupBuffer Begin(out DateTimeOffset now)
    {
        now = clock.GetUtcNow();
        var group = pipeline.BeginGroup();
        group.ReceivedMinute = IntakeLedger.MinuteOf(now.ToUnixTimeMilliseconds());
        return group;
    }

    private void Append(GroupBuffer group, int count)
    {
        var areKept = group.EventCount > 0 && pipeline.TryAppend(group, null) == Admission.Accepted;
        Count(count, areKept, group.ReceivedMinute);
    }

    private void Count(int count, bool areKept, int minute)
    {
        counters.CountBadEvents(count, areKept);
        ledger.Count(minute, EventTopic.Bad, 0, areKept ? FaultCode.None : FaultCode.QueueFull, count);
    }

    private bool Add(
        GroupBuffer group,
        Exchange exchange,
        FaultCode code,
        string? field,
        ReadOnlySpan<byte> body,
        ClientAddress client,
        DateTimeOffset now,
        bool isPacked = false)
    {
        var bad = Make(exchange, code, field, body, client, now, isPacked);
        var key = ThreadKey ??= new byte[36];
        Encoding.ASCII.GetBytes(bad.BadId, key);
        if (!group.TryBegin(EventTopic.Bad, key, out var value))
        {
            return false;
        }

        if (!bad.TryEncode(value, out var written))
        {
            group.Cancel();
            return false;
        }

        group.Commit(written);
        return true;
    }

    private BadEvent Make(
        Exchange exchange, FaultCode code, string? field, ReadOnlySpan<byte> body, ClientAddress client, DateTimeOffset now, bool isPacked)
    {
        Span<byte> ip = stackalloc byte[IpPolicy.TextBytesMax];
        var ipLength = ipPolicy.Write(client.Address, ip, out _);
        var kept = body[..Math.Min(body.Length, limits.BadBodyBytesMax)];
        return new BadEvent
        {
            BadId = Guid.CreateVersion7(now).ToString(),
            ReceivedTs = now,
            EdgeId = edgeId,
            FailureCode = FaultCodes.BadEventClass(code),
            FailureTag = FaultCodes.Tag(code),
            FailureField = Cut(field, FieldCharsMax),
            FailureMessage = FaultCodes.Meaning(code),
            Route = Routes.Tag(exchange.Route),
            Method = exchange.Method,
            Query = exchange.Query.IsEmpty ? null : Cut(QueryParameters.WithoutSecrets(exchange.Query), QueryCharsMax),
            Headers = Headers(exchange.RequestHeaders, isPacked),
            ContentType = Cut(exchange.RequestHeaders.ContentType.ToString(), 256) is { Length: > 0 } type ? type : null,
            Body = body.IsEmpty ? null : new AvroBytes(kept.ToArray()),
            BodyTruncated = kept.Length < body.Length,
            BodyLength = body.Length,
            BodySha256 = body.IsEmpty ? null : Convert.ToHexStringLower(SHA256.HashData(body)),
            Ip = ipLength == 0 ? null : Encoding.ASCII.GetString(ip[..ipLength]),
        };
    }

    private static AvroMap<string> Headers(IHeaderDictionary headers, bool isPacked)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in KeptHeaders)
        {
            if ((isPacked || name != ContentEncodingHeader) && headers[name] is { Count: > 0 } values)
            {
                kept[name.ToLowerInvariant()] = Cut(values.ToString(), HeaderCharsMax)!;
            }
        }

        return kept;
    }

    private static string? Cut(string? text, int charsMax) => text is null || text.Length <= charsMax ? text : text[..charsMax];
}
