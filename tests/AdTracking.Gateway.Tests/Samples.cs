namespace AdTracking.Gateway.Tests;

/// <summary>Small valid events, and ids that no other test uses.</summary>
internal static class Samples
{
    public static string ServingId() => "serving-" + Guid.NewGuid().ToString("N");

    public static string Impression(string servingId, string more = "") =>
        $$"""{"event_name":"impression","ad_serving_id":"{{servingId}}","publisher_id":"pub-1"{{more}}}""";

    public static string Start(string servingId, string more = "") =>
        $$"""{"event_name":"start","ad_serving_id":"{{servingId}}","publisher_id":"pub-1"{{more}}}""";
}
