namespace AdTracking.Testing;

/// <summary>Topic names of one test: tests on the same brokers must not see each other's events.</summary>
public sealed record Topics(string Prefix)
{
    /// <summary>Where clicks may lead.</summary>
    public const string LandingHost = "landing.example";

    /// <summary>Without a prefix.</summary>
    public static Topics Default { get; } = new("");

    public string Impression => Prefix + "ad.impression";

    public string Click => Prefix + "ad.click";

    public string Engagement => Prefix + "ad.engagement";

    public string Bad => Prefix + "ad.bad";

    public string Audit => Prefix + "ad.audit";

    /// <summary>The three event topics.</summary>
    public string[] Events => [Impression, Click, Engagement];

    /// <summary>The settings that make a gateway use them.</summary>
    public Dictionary<string, string> Settings(string bootstrapServers, Uri registry) => new()
    {
        ["Kafka:BootstrapServers"] = bootstrapServers,
        ["Registry:Url"] = registry.ToString(),
        ["Registry:AutoRegister"] = "true",
        ["Click:AllowedHosts"] = LandingHost,
        ["Topics:Impression"] = Impression,
        ["Topics:Click"] = Click,
        ["Topics:Engagement"] = Engagement,
        ["Topics:Bad"] = Bad,
        ["Topics:Audit"] = Audit,
    };
}
