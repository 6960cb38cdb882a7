namespace AdTracking.Emitter.Tests;

/// <summary>What reached Kafka, in order.</summary>
internal sealed class MemoryLog
{
    public List<MemoryRecord> Records { get; } = [];

    public Dictionary<(EventTopic Topic, int Partition), long> Offsets { get; } = [];
}
