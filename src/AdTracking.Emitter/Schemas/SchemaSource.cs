using AdTracking.Emitter.Kafka;
using AdTracking.Queue;

namespace AdTracking.Emitter.Schemas;

/// <summary>One schema whose id the pipeline needs.</summary>
/// <param name="Topic">The topic whose values it describes.</param>
/// <param name="Subject">Its subject in the registry, <c>topic-value</c>.</param>
/// <param name="Text">The whole schema text, as it is looked up.</param>
public sealed record SchemaSource(EventTopic Topic, string Subject, string Text)
{
    /// <summary>The source for a topic under the subject name that everybody expects.</summary>
    public static SchemaSource For(EventTopic topic, TopicNames names, string text) => new(topic, names[topic] + "-value", text);
}
