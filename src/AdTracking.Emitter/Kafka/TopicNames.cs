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

    /// <summary>Overflow.</summary>
    public string Overflow { get; init; } = "ad.overflow";

    /// <summary>The name of a topic.</summary>
    public string this[EventTopic topic] => topic switch
    {
        EventTopic.Impression => Impression,
        EventTopic.Click => Click,
        EventTopic.Engagement => Engagement,
        EventTopic.Bad => Bad,
        EventTopic.Audit => Audit,
        EventTopic.Overflow => Overflow,
        _ => throw new ArgumentOutOfRangeException(nameof(topic)),
    };

    /// <summary>All names, in the order of <see cref="EventTopic"/>.</summary>
    public IReadOnlyList<string> All => [Impression, Click, Engagement, Bad, Audit, Overflow];
}
