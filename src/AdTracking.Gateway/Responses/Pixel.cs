using AdTracking.Events;
using AdTracking.Events.Faults;
using AdTracking.Gateway.Http;
using Microsoft.Extensions.Primitives;

namespace AdTracking.Gateway.Responses;

/// <summary>The answers of the pixel routes: a 1x1 transparent GIF89a, never cached.</summary>
internal static class Pixel
{
    private static readonly StringValues GifType = "image/gif";
    private static readonly StringValues NoStore = "no-store, no-cache, must-revalidate, max-age=0";
    private static readonly StringValues NoCache = "no-cache";
    private static readonly StringValues Past = "0";
    private static readonly StringValues CrossOrigin = "cross-origin";

    /// <summary>Header, screen 1x1 with a table of two colours, graphic control (colour 0 is transparent), image, one pixel, trailer.</summary>
    public static ReadOnlySpan<byte> Gif =>
    [
        0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x01, 0x00, 0x01, 0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF,
        0x21, 0xF9, 0x04, 0x01, 0x00, 0x00, 0x00, 0x00, 0x2C, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00,
        0x02, 0x02, 0x44, 0x01, 0x00, 0x3B,
    ];

    public static void Send(Exchange exchange, bool isEmptyWanted)
    {
        AddHeaders(exchange);
        if (isEmptyWanted)
        {
            exchange.Status = StatusCodes.Status204NoContent;
            return;
        }

        WriteGif(exchange);
    }

    /// <summary>A refused event: no body, so that a page shows a broken image to whoever looks, and the code in a header.</summary>
    public static void Refuse(Exchange exchange, FaultCode code)
    {
        AddHeaders(exchange);
        exchange.Status = FaultCodes.Status(code) is var status and not StatusCodes.Status422UnprocessableEntity
            ? status
            : StatusCodes.Status400BadRequest;
        exchange.Headers["X-AdTracking-Error"] = FaultCodes.Tag(code);
        exchange.Headers.ContentLength = 0;
    }

    /// <summary>Nothing can be stored: the page still gets its image.</summary>
    public static void Unavailable(Exchange exchange, FaultCode code)
    {
        AddHeaders(exchange);
        exchange.Status = StatusCodes.Status503ServiceUnavailable;
        exchange.Headers["X-AdTracking-Error"] = FaultCodes.Tag(code);
        exchange.Headers.RetryAfter = Problem.RetryAfterSeconds;
        WriteGif(exchange);
    }

    private static void AddHeaders(Exchange exchange)
    {
        var headers = exchange.Headers;
        headers.CacheControl = NoStore;
        headers.Pragma = NoCache;
        headers.Expires = Past;
        headers["Cross-Origin-Resource-Policy"] = CrossOrigin;
    }

    private static void WriteGif(Exchange exchange)
    {
        exchange.Headers.ContentType = GifType;
        exchange.Headers.ContentLength = Gif.Length;
        if (!exchange.IsHead)
        {
            exchange.Write(Gif);
        }
    }
}
