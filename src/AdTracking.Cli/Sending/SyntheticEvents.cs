using System.Text.Json;

namespace AdTracking.Cli.Sending;

/// <summary>Events that look like those of a video campaign, marked <c>test</c>, each with an id of its own.</summary>
internal sealed class SyntheticEvents(string kind, Random random, TimeProvider clock)
{
    private static readonly string[] Engagements =
        ["loaded", "start", "firstQuartile", "midpoint", "thirdQuartile", "complete", "pause", "resume", "mute", "unmute", "skip"];

    private static readonly string[] Repeatable = ["pause", "resume", "mute", "unmute"];
    private static readonly string[] Currencies = ["USD", "EUR", "GBP"];
    private static readonly string[] Systems = ["iOS", "Android", "tvOS", "Windows"];

    /// <summary>Writes one event as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        var name = kind == "engagement" ? Engagements[random.Next(Engagements.Length)] : kind;
        json.WriteString("event_name", name);
        WriteCommon(json);
        if (kind == "impression")
        {
            WriteImpression(json);
        }

        if (kind == "click")
        {
            WriteClick(json);
        }

        if (kind == "engagement")
        {
            WriteEngagement(json, name);
        }

        json.WriteEndObject();
    }

    private void WriteCommon(Utf8JsonWriter json)
    {
        json.WriteString("event_id", Id());
        json.WriteString("ad_serving_id", Id());
        json.WriteString("publisher_id", $"pub-{random.Next(1, 40):000}");
        json.WriteNumber("event_ts", clock.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteBoolean("test", true);
        json.WriteString("auction_id", Id());
        json.WriteString("imp_id", "1");
        json.WriteString("cid", $"campaign-{random.Next(1, 200)}");
        json.WriteString("crid", $"creative-{random.Next(1, 900)}");
        json.WriteString("placement_id", $"placement-{random.Next(1, 60)}");
        json.WriteNumber("mtype", 2);
        json.WriteString("os", Systems[random.Next(Systems.Length)]);
        json.WriteNumber("device_type", random.Next(1, 8));
    }

    private void WriteImpression(Utf8JsonWriter json)
    {
        json.WriteNumber("price_cpm_micros", random.Next(200_000, 25_000_000));
        json.WriteString("currency", Currencies[random.Next(Currencies.Length)]);
        json.WriteNumber("w", 640);
        json.WriteNumber("h", 360);
        json.WriteBoolean("muted", random.Next(3) == 0);
        json.WriteNumber("creative_duration_ms", 30_000);
    }

    private void WriteClick(Utf8JsonWriter json)
    {
        json.WriteNumber("click_x", random.Next(640));
        json.WriteNumber("click_y", random.Next(360));
        json.WriteString("destination_url", $"https://advertiser.example/landing?offer={random.Next(1, 100)}");
    }

    private void WriteEngagement(Utf8JsonWriter json, string name)
    {
        if (Repeatable.Contains(name))
        {
            json.WriteNumber("seq", random.Next(1, 20));
        }

        json.WriteNumber("ad_playhead_ms", random.Next(30_000));
    }

    private string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
