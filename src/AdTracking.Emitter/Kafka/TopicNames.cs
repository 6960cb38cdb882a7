using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka;

/// <summary>The topics' names.</summary>
public sealed record TopicNames
{
    /// <summary>Impressions.</summary>
    public string Impression { get; init; } = "ad.impression";

    /// <summary>Clicks.</summary>
    public string Click { get; init; } = "ad.click";

    /// <summary>Engagements.</summary>
    public string Engagement { get; init; } = "ad.engagement";

    /// <summary>Refused events.</summary>
    public string Bad { get; init; } = "ad.bad";

    /// <summary>The ledger.</summary>
    public string Audit { get; init; } = "ad.audit";

    /// <summary>The name of a topic. The reserved one has the name that journals of former versions may know it by.</summary>
    public string this[EventTopic topic] => topic switch
    {
        EventTopic.Impression => Impression,
        EventTopic.Click => Click,
        EventTopic.Engagement => Engagement,
        EventTopic.Bad => Bad,
        EventTopic.Audit => Audit,
        EventTopic.Overflow => "ad.overflow",
        _ => throw new ArgumentOutOfRangeException(nameof(topic)),
    };

    /// <summary>The names of all topics that anything is written to, in the order of <see cref="EventTopic"/>.</summary>
    public IReadOnlyList<string> All => [Impression, Click, Engagement, Bad, Audit];
}
