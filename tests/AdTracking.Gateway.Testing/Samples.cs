using System.IO.Compression;

namespace AdTracking.Gateway.Testing;

/// <summary>Small valid events, and ids that no other test uses.</summary>
internal static class Samples
{
    public static string ServingId() => "serving-" + Guid.NewGuid().ToString("N");

    public static string Impression(string servingId, string more = "") =>
        $$"""{"event_name":"impression","ad_serving_id":"{{servingId}}","publisher_id":"pub-1"{{more}}}""";

    public static string Start(string servingId, string more = "") =>
        $$"""{"event_name":"start","ad_serving_id":"{{servingId}}","publisher_id":"pub-1"{{more}}}""";

    /// <summary>A body as <c>Content-Encoding</c> says.</summary>
    public static byte[] Pack(string encoding, byte[] body)
    {
        using var packed = new MemoryStream();
        using (Stream writer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            writer.Write(body);
        }

        return packed.ToArray();
    }
}
