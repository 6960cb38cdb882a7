namespace AdTracking.Queue;

/// <summary>Facts about <see cref="EventTopic"/>.</summary>
public static class EventTopics
{
    /// <summary>Numbers of topics, the reserved one included.</summary>
    public const int Count = 6;

    /// <summary>The topics that anything is written to: all but the reserved one.</summary>
    public static IReadOnlyList<EventTopic> Written { get; } =
        [EventTopic.Impression, EventTopic.Click, EventTopic.Engagement, EventTopic.Bad, EventTopic.Audit];

    /// <summary>The metric label of a topic.</summary>
    public static string Tag(this EventTopic topic) => topic switch
    {
        EventTopic.Impression => "impression",
        EventTopic.Click => "click",
        EventTopic.Engagement => "engagement",
        EventTopic.Bad => "bad",
        EventTopic.Audit => "audit",
        EventTopic.Overflow => "overflow",
        _ => "unknown",
    };

    /// <summary>Whether the topic carries one of the three events, which share keys and must share their partition count.</summary>
    public static bool IsEvent(this EventTopic topic) => topic <= EventTopic.Engagement;
}
