using AdTracking.Kafka.Wire;

namespace AdTracking.Kafka.Producing;

/// <summary>A batch that has a sequence number and no final answer. The objects are used again.</summary>
internal sealed class OpenBatch
{
    /// <summary>The batch as it is sent, every time.</summary>
    public WireBuffer Bytes { get; } = new();

    /// <summary>Its records.</summary>
    public List<OutgoingRecord> Records { get; } = [];

    /// <summary>How many sequence numbers it takes: as many as it was sent with.</summary>
    public int SequenceCount { get; set; }

    /// <summary>The sequence number of its first record.</summary>
    public int BaseSequence { get; set; }

    /// <summary>Where it is.</summary>
    public BatchState State { get; set; }

    /// <summary>Whether it has to be sent again, or was.</summary>
    public bool IsRetry { get; set; }

    /// <summary>Whether a try of it had no answer: a broker may still read that one, and late.</summary>
    public bool IsLost { get; set; }

    /// <summary>Whether an earlier try may have stored it.</summary>
    public bool MayBeStored { get; set; }
}
