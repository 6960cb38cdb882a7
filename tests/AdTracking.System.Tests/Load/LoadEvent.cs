using System.Globalization;
using System.Text.Json;
using AdTracking.Testing;

namespace AdTracking.System.Tests.Load;

/// <summary>One synthetic event, able to stand in a body and in a query.</summary>
internal sealed record LoadEvent(string Id, string Name, string AdServingId, long? PriceMicros, int Number)
{
    private static readonly string[] EngagementNames = ["start", "firstQuartile", "midpoint", "thirdQuartile", "complete", "pause", "skip"];

    /// <summary>The topic that it belongs to, without a prefix.</summary>
    public string Topic => Name switch { "impression" => "ad.impression", "click" => "ad.click", _ => "ad.engagement" };

    private string? Price => PriceMicros is { } micros ? (micros / 1_000_000m).ToString(CultureInfo.InvariantCulture) : null;

    public static LoadEvent Create(string kind, int number, Random random) => new(
        Id: $"e-{number:x}-{random.Next():x8}",
        Name: kind == "engagement" ? EngagementNames[random.Next(EngagementNames.Length)] : kind,
        AdServingId: $"as-{random.Next(20_000):x}",
        PriceMicros: kind == "impression" ? random.Next(0, 30_000_000) : null,
        Number: number);

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("event_name", Name);
        json.WriteString("event_id", Id);
        json.WriteString("ad_serving_id", AdServingId);
        json.WriteString("publisher_id", $"pub-{Number % 17}");
        // Money comes in all three shapes that are allowed.
        if (PriceMicros is { } micros && Number % 3 == 0)
        {
            json.WriteNumber("price_cpm_micros", micros);
        }

        if (PriceMicros is not null && Number % 3 == 1)
        {
            json.WriteString("price_cpm", Price);
        }

        if (PriceMicros is not null && Number % 3 == 2)
        {
            json.WriteNumber("price_cpm", PriceMicros.Value / 1_000_000m);
        }

        if (PriceMicros is not null)
        {
            json.WriteString("currency", "EUR");
        }

        if (Name == "pause")
        {
            json.WriteNumber("seq", Number);
        }

        json.WriteString("cid", $"campaign-{Number % 50}");
        json.WriteString("crid", "Kreativ \"größer\" \u20AC");
        json.WriteString("page_url", $"https://site.example/artikel/{Number}?a=1&b=ä");
        json.WriteNumber("mtype", 2);
        json.WriteBoolean("test", true);
        json.WriteEndObject();
    }

    /// <summary>As a query, by the short names.</summary>
    public string ToQuery(bool withName)
    {
        var page = Uri.EscapeDataString($"https://site.example/?n={Number}&ü");
        var query = $"eid={Id}&asid={AdServingId}&pub=pub-{Number % 17}&cid=campaign-{Number % 50}&pu={page}";
        if (withName)
        {
            query += $"&n={Name}";
        }

        if (Price is not null)
        {
            query += $"&p={Price}&cur=EUR";
        }

        if (Name == "pause")
        {
            query += $"&seq={Number}";
        }

        if (Name == "click")
        {
            query += $"&url={Uri.EscapeDataString($"https://{Topics.LandingHost}/offer/{Number}?from=ad")}";
        }

        return query;
    }
}
