namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>A group of a sample journal.</summary>
internal sealed record SampleGroup(int Number, int FirstEvent, int ReceivedMinute, IReadOnlyList<SampleEvent> Events)
{
    public bool Equals(SampleGroup? other) => other is not null && Number == other.Number && FirstEvent == other.FirstEvent
        && ReceivedMinute == other.ReceivedMinute && Events.SequenceEqual(other.Events);

    public override int GetHashCode() => HashCode.Combine(Number, FirstEvent, ReceivedMinute, Events.Count);
}
