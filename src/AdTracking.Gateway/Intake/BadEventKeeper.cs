using System.Security.Cryptography;
using System.Text;
using AdTracking.Avro;
using AdTracking.Emitter;
using AdTracking.Events;
using AdTracking.Gateway.Configuration;
using AdTracking.Gateway.Identity;
using AdTracking.Gateway.Telemetry;

namespace AdTracking.Gateway.Intake;

/// <summary>Puts refused events into the bad-events topic, so that nothing is removed invisibly. No answer waits for it; what exceeds the
/// topic's share of the queue is counted and dropped.</summary>
internal sealed class BadEventKeeper(
    EventPipeline pipeline, IntakeCounters counters, IpPolicy ipPolicy, LimitOptions limits, string edgeId, TimeProvider clock)
{
    private const int HeaderCharsMax = 1_024;
    private const int FieldCharsMax = 128;
    private const int QueryCharsMax = 16_384;

    /// <summary>What a replay needs to judge the event again. Never a header that may carry a secret.</summary>
    private static readonly string[] KeptHeaders = ["User-Agent", "Referer", "Origin", "Content-Encoding", "Sec-GPC", "DNT"];

    [ThreadStatic]
    private static byte[]? t_key;

    /// <summary>Keeps a refused request: its query, and its body if it had one.</summary>
    public void Keep(Exchange exchange, FaultCode code, string? field, ReadOnlySpan<byte> body, ClientAddress client)
    {
        var group = GroupBuffer.ForThisThread;
        group.Clear();
        Add(group, exchange, code, field, body, client);
        Append(group, 1);
    }

    /// <summary>Keeps the refused events of a batch, each with its own part of the body.</summary>
    public void KeepRejected(Exchange exchange, EventBatch batch, ReadOnlySpan<byte> body, ClientAddress client)
    {
        var group = GroupBuffer.ForThisThread;
        group.Clear();
        var dropped = 0;
        foreach (ref readonly var result in batch.Results)
        {
            if (result.Code != FaultCode.None
                && !Add(group, exchange, result.Code, result.Field, body.Slice(result.SourceStart, result.SourceLength), client))
            {
                dropped++;
            }
        }

        if (dropped > 0)
        {
            counters.CountBadEvents(dropped, areKept: false);
        }

        if (group.EventCount > 0)
        {
            Append(group, group.EventCount);
        }
    }

    private void Append(GroupBuffer group, int count) =>
        counters.CountBadEvents(count, group.EventCount > 0 && pipeline.TryAppend(group, null) == Admission.Accepted);

    private bool Add(GroupBuffer group, Exchange exchange, FaultCode code, string? field, ReadOnlySpan<byte> body, ClientAddress client)
    {
        var bad = Make(exchange, code, field, body, client);
        var key = t_key ??= new byte[36];
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

    private BadEvent Make(Exchange exchange, FaultCode code, string? field, ReadOnlySpan<byte> body, ClientAddress client)
    {
        var now = clock.GetUtcNow();
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
            Headers = Headers(exchange.RequestHeaders),
            ContentType = Cut(exchange.RequestHeaders.ContentType.ToString(), 256) is { Length: > 0 } type ? type : null,
            Body = body.IsEmpty ? null : new AvroBytes(kept.ToArray()),
            BodyTruncated = kept.Length < body.Length,
            BodyLength = body.Length,
            BodySha256 = body.IsEmpty ? null : Convert.ToHexStringLower(SHA256.HashData(body)),
            Ip = ipLength == 0 ? null : Encoding.ASCII.GetString(ip[..ipLength]),
        };
    }

    private static AvroMap<string> Headers(IHeaderDictionary headers)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in KeptHeaders)
        {
            if (headers[name] is { Count: > 0 } values)
            {
                kept[name.ToLowerInvariant()] = Cut(values.ToString(), HeaderCharsMax)!;
            }
        }

        return kept;
    }

    private static string? Cut(string? text, int charsMax) => text is null || text.Length <= charsMax ? text : text[..charsMax];
}
