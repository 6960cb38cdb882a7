
namespace AdTracking.Queue.Journal;

/// <summary>Where events go, as far as the journal has to know it.</summary>
internal interface IEventRoutes
{
    /// <summary>Whether it is known where events go: until then nothing is read back. Never false again once it was true.</summary>
    bool AreKnown { get; }

    /// <summary>Whether an event with a key of this hash would wait: where it goes, nothing is accepted at the moment.</summary>
    bool IsStalled(EventTopic topic, uint keyHash);
}
