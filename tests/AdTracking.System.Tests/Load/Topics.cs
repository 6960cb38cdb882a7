namespace AdTracking.System.Tests.Load;

/// <summary>Topic names of one test: tests on the same brokers must not see each other's events.</summary>
internal sealed record Topics(string Prefix)
{
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
        ["Click:AllowedHosts"] = LoadEvent.LandingHost,
        ["Topics:Impression"] = Impression,
        ["Topics:Click"] = Click,
        ["Topics:Engagement"] = Engagement,
        ["Topics:Bad"] = Bad,
        ["Topics:Overflow"] = Prefix + "ad.overflow",
        ["Topics:Audit"] = Audit,
    };
}
