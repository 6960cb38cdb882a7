using System.Text;
using AdTracking.Events.Layout;

namespace AdTracking.Benchmarks.Events;

/// <summary>One event a class, each 281 bytes and ten keys, as an ad server's serialiser writes them; and the impression as a pixel's query.</summary>
internal static class EventBodies
{
    public const string Query =
        "?eid=0197a3c2-5b1e-7c3d-9f00-1a2b3c4d5e6f&asid=asid-7f3a9c21-4e5b-4d8a-9b1c-2f6e8d&pub=pub-1029&ts=1735689600123"
        + "&p=1.25&cur=USD&pl=home-top-01&crid=cr-88213&w=300";

    private const string Start =
        "\"event_id\":\"0197a3c2-5b1e-7c3d-9f00-1a2b3c4d5e6f\",\"ad_serving_id\":\"asid-7f3a9c21-4e5b-4d8a-9b1c-2f6e8d\","
        + "\"publisher_id\":\"pub-1029\",\"event_ts\":1735689600123,";

    public static byte[] Of(EventKind kind)
    {
        var text = kind switch
        {
            EventKind.Impression =>
                "{\"event_name\":\"impression\"," + Start
                + "\"price_cpm_micros\":1250000,\"currency\":\"USD\",\"placement_id\":\"home-top-01\",\"crid\":\"cr-88213\",\"w\":300}",
            EventKind.Click =>
                "{\"event_name\":\"click\"," + Start
                + "\"crid\":\"cr-88213\",\"click_x\":120,\"click_y\":48,\"click_kind\":\"CLICK_THROUGH\",\"element_id\":\"buy-now-button\"}",
            _ =>
                "{\"event_name\":\"firstQuartile\"," + Start
                + "\"crid\":\"cr-88\",\"progress_offset_ms\":7500,\"creative_duration_ms\":30000,\"muted\":false,\"volume\":80}",
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 281 ? bytes : throw new InvalidOperationException($"{kind}: {bytes.Length} bytes, not 281.");
    }
}
