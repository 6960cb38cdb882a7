namespace AdTracking.Events.Layout;

/// <summary>The three event classes, each with a schema and a topic of its own.</summary>
public enum EventKind
{
    /// <summary><c>AdImpression</c>.</summary>
    Impression,

    /// <summary><c>AdClick</c>.</summary>
    Click,

    /// <summary><c>AdEngagement</c>.</summary>
    Engagement,
}
