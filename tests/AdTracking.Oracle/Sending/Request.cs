using System.Buffers;
using System.Text;
using System.Text.Json;
using AdTracking.Oracle.Minting;

namespace AdTracking.Oracle.Sending;

/// <summary>One HTTP request with the events in it.</summary>
internal sealed record Request(Route Route, MintedEvent[] Events)
{
    /// <summary>Whether the answer says something about every event.</summary>
    public bool HasResults => Route is Route.PostOne or Route.PostArray or Route.PostEnvelope or Route.PostLines;

    /// <summary>The status that stands for a success.</summary>
    public int GoodStatus => Route switch
    {
        Route.Beacon or Route.BillingNotice => 204,
        Route.Click => 302,
        _ => 200,
    };

    /// <summary>The request as it goes over the wire, HTTP/1.1.</summary>
    public byte[] ToBytes() => Route switch
    {
        Route.ImpressionPixel => Get("/v1/i", withName: false),
        Route.EngagementPixel => Get("/v1/e", withName: true),
        Route.Click => Get("/v1/c", withName: false),
        Route.BillingNotice => Get("/v1/burl", withName: false),
        Route.Beacon => Post("/v1/b", "text/plain"),
        Route.PostLines => Post("/v1/events", "application/x-ndjson"),
        _ => Post("/v1/events", "application/json"),
    };

    private byte[] Get(string path, bool withName) =>
        Encoding.ASCII.GetBytes($"GET {path}?{Events[0].ToQuery(withName)} HTTP/1.1\r\nHost: gateway\r\nUser-Agent: oracle\r\n\r\n");

    private byte[] Post(string path, string mediaType)
    {
        var body = Body();
        var head = $"POST {path} HTTP/1.1\r\nHost: gateway\r\nUser-Agent: oracle\r\nContent-Type: {mediaType}\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private byte[] Body()
    {
        var buffer = new ArrayBufferWriter<byte>();
        if (Route == Route.PostEnvelope)
        {
            buffer.Write("{\"events\":"u8);
        }

        var isArray = Route is Route.PostArray or Route.PostEnvelope or Route.Beacon;
        for (var i = 0; i < Events.Length; i++)
        {
            if (isArray)
            {
                buffer.Write(i == 0 ? "["u8 : ","u8);
            }

            using (var json = new Utf8JsonWriter(buffer))
            {
                Events[i].WriteJson(json);
            }

            if (Route == Route.PostLines)
            {
                buffer.Write("\n"u8);
            }
        }

        if (isArray)
        {
            buffer.Write("]"u8);
        }

        if (Route == Route.PostEnvelope)
        {
            buffer.Write("}"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
