using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AdTracking.System.Tests.Load;

/// <summary>One HTTP request with the events in it.</summary>
internal sealed record LoadRequest(LoadRoute Route, IReadOnlyList<LoadEvent> Events)
{
    /// <summary>Whether the answer says something about every event.</summary>
    public bool HasResults => Route is LoadRoute.PostOne or LoadRoute.PostArray or LoadRoute.PostEnvelope or LoadRoute.PostLines;

    /// <summary>The status that means that all of it is stored.</summary>
    public int GoodStatus => Route switch
    {
        LoadRoute.Beacon or LoadRoute.BillingNotice => 204,
        LoadRoute.Click => 302,
        _ => 200,
    };

    public HttpRequestMessage ToMessage(Uri gateway) => Route switch
    {
        LoadRoute.ImpressionPixel => Get(gateway, "/v1/i", withName: false),
        LoadRoute.EngagementPixel => Get(gateway, "/v1/e", withName: true),
        LoadRoute.Click => Get(gateway, "/v1/c", withName: false),
        LoadRoute.BillingNotice => Get(gateway, "/v1/burl", withName: false),
        LoadRoute.Beacon => Post(gateway, "/v1/b", "text/plain"),
        LoadRoute.PostLines => Post(gateway, "/v1/events", "application/x-ndjson"),
        _ => Post(gateway, "/v1/events", "application/json"),
    };

    private HttpRequestMessage Get(Uri gateway, string path, bool withName) =>
        new(HttpMethod.Get, new Uri(gateway, $"{path}?{Events[0].ToQuery(withName)}"));

    private HttpRequestMessage Post(Uri gateway, string path, string mediaType)
    {
        var content = new ByteArrayContent(Body());
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, path)) { Content = content };
    }

    private byte[] Body()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        if (Route == LoadRoute.PostEnvelope)
        {
            json.WriteStartObject();
            json.WritePropertyName("events");
        }

        if (Route is LoadRoute.PostArray or LoadRoute.PostEnvelope or LoadRoute.Beacon)
        {
            json.WriteStartArray();
        }

        foreach (var one in Events)
        {
            one.WriteJson(json);
            if (Route == LoadRoute.PostLines)
            {
                EndLine(json, buffer);
            }
        }

        if (Route is LoadRoute.PostArray or LoadRoute.PostEnvelope or LoadRoute.Beacon)
        {
            json.WriteEndArray();
        }

        if (Route == LoadRoute.PostEnvelope)
        {
            json.WriteEndObject();
        }

        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.Flush();
        buffer.Write("\n"u8);
        json.Reset();
    }
}
