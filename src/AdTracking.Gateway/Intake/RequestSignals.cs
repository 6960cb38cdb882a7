using System.Buffers;
using AdTracking.Events;
using AdTracking.Events.Decoding;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Intake;

/// <summary>Header fields that are about the person or the trace rather than the event: what the event itself says goes first, except for the
/// trace, which is the gateway's.</summary>
internal readonly ref struct RequestSignals
{
    private const int TraceparentLength = 55; // 00-<32>-<16>-<2>, W3C Trace Context
    private const int TraceIdStart = 3;
    private const int TraceIdLength = 32;
    private const int FlagsStart = 53;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly bool _gpc;
    private readonly bool _dnt;
    private readonly bool _ipTruncated;
    private readonly ReadOnlySpan<char> _traceId;

    public RequestSignals(IHeaderDictionary headers, bool ipTruncated)
    {
        _gpc = IsOne(headers["Sec-GPC"]);
        _dnt = IsOne(headers["DNT"]);
        _ipTruncated = ipTruncated;
        _traceId = SampledTraceId(headers.TraceParent);
    }

    public void Apply(scoped ref EventView view)
    {
        if (_gpc && !view.Has(CommonField.Gpc))
        {
            view.SetLong(CommonField.Gpc, 1);
        }

        if (_dnt && !view.Has(CommonField.Dnt))
        {
            view.SetLong(CommonField.Dnt, 1);
        }

        if (_ipTruncated)
        {
            view.SetLong(CommonField.PrivacyAction, (int)PrivacyAction.Truncated);
        }

        if (!_traceId.IsEmpty)
        {
            view.TrySetText(CommonField.TraceId, _traceId);
        }
    }

    private static bool IsOne(StringValues header) => header.Count == 1 && header[0] == "1";

    private static ReadOnlySpan<char> SampledTraceId(StringValues traceparent)
    {
        if (traceparent.Count != 1 || traceparent[0] is not { Length: >= TraceparentLength } text || text[2] != '-' || text[FlagsStart - 1] != '-')
        {
            return default;
        }

        var id = text.AsSpan(TraceIdStart, TraceIdLength);
        var isSampled = char.IsAsciiHexDigitLower(text[FlagsStart + 1]) && (Convert.ToInt32(text[FlagsStart + 1].ToString(), 16) & 1) != 0;
        return isSampled && !id.ContainsAnyExcept(LowerHex) && id.ContainsAnyExcept('0') ? id : default;
    }
}
