using AdTracking.Emitter.Kafka;
using AdTracking.Emitter.Schemas;

namespace AdTracking.Emitter.DeadLetters;

/// <summary>Settings of the <see cref="DeadLetterQueue"/>.</summary>
internal sealed record DeadLetterOptions
{
    /// <summary>Whether records that Kafka rejects for good become BadEvents. If not, only who waits is told.</summary>
    public required bool KeepsRefused { get; init; }

    /// <summary>Who sends, in the BadEvents.</summary>
    public required string EdgeId { get; init; }

    /// <summary>The topics' names.</summary>
    public required TopicNames Topics { get; init; }

    /// <summary>Where schema ids come from; they have to include the bad-events topic's.</summary>
    public required SchemaIds SchemaIds { get; init; }

    /// <summary>The clock of the BadEvents' times.</summary>
    public required TimeProvider TimeProvider { get; init; }
}
