using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Fakes;

/// <summary>One record of <see cref="MemoryLog"/>; the value without its frame.</summary>
internal sealed record MemoryRecord(EventTopic Topic, int Partition, long Offset, string Key, string Value)
{
    /// <summary>What a reading recognises it by.</summary>
    public EventDigest Digest { get; init; }

    /// <summary>Its value as it stands in Kafka, frame and all.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>Its timestamp.</summary>
    public long UnixMs { get; init; }
}
