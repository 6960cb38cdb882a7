using System.Globalization;
using System.Text.Json;

namespace AdTracking.Oracle.Minting;

/// <summary>An event as it is sent, and as it must stand in Kafka.</summary>
internal sealed record MintedEvent(
    long Number, EventKind Kind, string Id, string Name, string Key, string Publisher, string Campaign, string Page, long? PriceMicros)
{
    /// <summary>Where its click leads.</summary>
    public const string LandingHost = "landing.example";

    private string? Price => PriceMicros is { } micros ? (micros / 1_000_000m).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Avro field names and what they must hold, as text.</summary>
    public (string Field, string? Value)[] Stored =>
    [
        ("event_id", Id),
        ("event_name", Name),
        ("ad_serving_id", Key),
        ("publisher_id", Publisher),
        ("cid", Campaign),
        ("page_url", Page),
        ("price_cpm_micros", PriceMicros?.ToString(CultureInfo.InvariantCulture)),
        ("test", "1"),
    ];

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("event_name", Name);
        json.WriteString("event_id", Id);
        json.WriteString("ad_serving_id", Key);
        json.WriteString("publisher_id", Publisher);
        json.WriteString("cid", Campaign);
        json.WriteString("page_url", Page);
        if (PriceMicros is { } micros)
        {
            json.WriteNumber("price_cpm_micros", micros);
            json.WriteString("currency", "EUR");
        }

        json.WriteBoolean("test", true);
        json.WriteEndObject();
    }

    /// <summary>As a query, by the short names.</summary>
    public string ToQuery(bool withName)
    {
        var query = $"eid={Id}&asid={Key}&pub={Publisher}&cid={Campaign}&pu={Uri.EscapeDataString(Page)}&test=1";
        if (withName)
        {
            query += $"&n={Name}";
        }

        if (Price is not null)
        {
            query += $"&p={Price}&cur=EUR";
        }

        if (Kind == EventKind.Click)
        {
            query += $"&url={Uri.EscapeDataString($"https://{LandingHost}/offer/{Number}")}";
        }

        return query;
    }
}
