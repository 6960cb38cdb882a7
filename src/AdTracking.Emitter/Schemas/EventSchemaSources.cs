using AdTracking.Emitter.Kafka;
using AdTracking.Events;
using AdTracking.Queue;

namespace AdTracking.Emitter.Schemas;

/// <summary>The schemas of this build.</summary>
public static class EventSchemaSources
{
    /// <summary>Everything that a gateway writes: the three events, refused events and the ledger.</summary>
    public static IReadOnlyList<SchemaSource> All(TopicNames names) =>
    [
        .. Events(names),
        SchemaSource.For(EventTopic.Bad, names, BadEvent.SchemaJson),
        SchemaSource.For(EventTopic.Audit, names, LedgerEntry.SchemaJson),
    ];

    /// <summary>The three events alone: what a program can write through the SDK.</summary>
    public static IReadOnlyList<SchemaSource> Events(TopicNames names) =>
    [
        SchemaSource.For(EventTopic.Impression, names, AdImpression.SchemaJson),
        SchemaSource.For(EventTopic.Click, names, AdClick.SchemaJson),
        SchemaSource.For(EventTopic.Engagement, names, AdEngagement.SchemaJson),
    ];
}
