using System.Buffers;
using AdTracking.Gateway.Http;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Responses;

/// <summary>Lets pages of any origin send and read the outcome. The origin is mirrored rather than <c>*</c>, because browsers send beacons
/// with credentials and then accept no wildcard; there is nothing here that a cookie would unlock.</summary>
internal static class CorsHeaders
{
    private static readonly SearchValues<char> Visible =
        SearchValues.Create(string.Concat(Enumerable.Range(0x20, 0x7F - 0x20).Select(c => (char)c)));

    private static readonly StringValues VaryOrigin = "Origin";
    private static readonly StringValues VaryPreflight = "Origin, Access-Control-Request-Headers";
    private static readonly StringValues True = "true";
    private static readonly StringValues Exposed = "X-AdTracking-Error, Retry-After";
    private static readonly StringValues Methods = "GET, HEAD, POST, OPTIONS";
    private static readonly StringValues MaxAgeSeconds = "86400";

    /// <summary>Adds what a cross-origin caller needs; nothing when the request names no origin.</summary>
    public static void Add(Exchange exchange)
    {
        var origin = exchange.RequestHeaders.Origin;
        if (origin.Count == 1 && IsVisible(origin[0]))
        {
            var headers = exchange.Headers;
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowCredentials = True;
            headers.AccessControlExposeHeaders = Exposed;
            headers.Vary = VaryOrigin;
        }
    }

    /// <summary>Answers a preflight, after <see cref="Add"/>: the origin and the headers it asks for are allowed, for a day.</summary>
    public static void Preflight(Exchange exchange)
    {
        exchange.Status = StatusCodes.Status204NoContent;
        var headers = exchange.Headers;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlMaxAge = MaxAgeSeconds;
        headers.Vary = VaryPreflight;
        var asked = exchange.RequestHeaders.AccessControlRequestHeaders;
        if (asked.Count == 1 && IsVisible(asked[0]))
        {
            headers.AccessControlAllowHeaders = asked;
        }
    }

    /// <summary>Mirrored text goes into a header of ours, so it holds nothing but visible ASCII.</summary>
    private static bool IsVisible(string? value) => value is { Length: > 0 } && !value.AsSpan().ContainsAnyExcept(Visible);
}
