using AdTracking.Emitter.Kafka;
using AdTracking.Events;
using AdTracking.Queue;

namespace AdTracking.Emitter.Schemas;

/// <summary>The schemas of this build.</summary>
public static class EventSchemaSources
{
    /// <summary>What the pipeline needs ids for: the three events, refused events and the ledger. Nothing is written to the overflow topic
    /// yet, so it has no schema.</summary>
    public static IReadOnlyList<SchemaSource> All(TopicNames names) =>
    [
        .. Events(names),
        SchemaSource.For(EventTopic.Bad, names, BadEvent.SchemaJson),
        SchemaSource.For(EventTopic.Audit, names, LedgerEntry.SchemaJson),
    ];

    /// <summary>The three events alone, which is what an SDK user writes.</summary>
    public static IReadOnlyList<SchemaSource> Events(TopicNames names) =>
    [
        SchemaSource.For(EventTopic.Impression, names, AdImpression.SchemaJson),
        SchemaSource.For(EventTopic.Click, names, AdClick.SchemaJson),
        SchemaSource.For(EventTopic.Engagement, names, AdEngagement.SchemaJson),
    ];
}
