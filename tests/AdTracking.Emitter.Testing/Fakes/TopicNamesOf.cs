using AdTracking.Emitter.Kafka;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>Topics of one test's own, so that tests can share a broker.</summary>
internal static class TopicNamesOf
{
    /// <summary>The usual names with another prefix than <c>ad.</c>.</summary>
    public static TopicNames Prefix(string prefix) => new()
    {
        Impression = prefix + "impression",
        Click = prefix + "click",
        Engagement = prefix + "engagement",
        Bad = prefix + "bad",
        Audit = prefix + "audit",
    };
}
