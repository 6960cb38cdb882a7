using AdTracking.Emitter.Kafka.Log;
using AdTracking.Queue;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>A produce request: events of one partition on their way.</summary>
internal sealed class SimBatch
{
    public List<(ulong Opaque, EventDigest Digest, int Event)> Events { get; } = [];

    /// <summary>Its topic.</summary>
    public EventTopic Topic { get; init; }

    /// <summary>When the producer made it: the records' timestamp.</summary>
    public long SentAtMs { get; set; }

    /// <summary>When the broker gets it, if the producer is gone by then; never when negative.</summary>
    public long LandsAtMs { get; set; } = -1;

    /// <summary>Its first offset once the broker has it, else -1.</summary>
    public long Offset { get; set; } = -1;
}
