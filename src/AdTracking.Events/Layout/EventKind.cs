namespace AdTracking.Events.Layout;

/// <summary>The three event classes; each has its own schema and topic.</summary>
public enum EventKind
{
    /// <summary><c>AdImpression</c>.</summary>
    Impression,

    /// <summary><c>AdClick</c>.</summary>
    Click,

    /// <summary><c>AdEngagement</c>.</summary>
    Engagement,
}
