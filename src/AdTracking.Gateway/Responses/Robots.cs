using AdTracking.Gateway.Http;


namespace AdTracking.Gateway.Responses;

/// <summary>Asks crawlers to stay away: their requests would be counted as impressions and clicks.</summary>
internal static class Robots
{
    private static ReadOnlySpan<byte> Text => "User-agent: *\nDisallow: /\n"u8;

    public static void Send(Exchange exchange)
    {
        exchange.Headers.ContentType = "text/plain";
        exchange.Headers.ContentLength = Text.Length;
        if (!exchange.IsHead)
        {
            exchange.Write(Text);
        }
    }
}
