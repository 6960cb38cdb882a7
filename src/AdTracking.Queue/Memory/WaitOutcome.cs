
namespace AdTracking.Queue.Memory;

/// <summary>Why a waiter was completed.</summary>
public enum WaitOutcome
{
    /// <summary>Every event of the group is acknowledged by Kafka, or in the journal as the <see cref="AckLevel"/> asks.</summary>
    Stored,

    /// <summary>Every event has its outcome and at least one is not stored.</summary>
    SomeFailed,

    /// <summary>The deadline passed first. What is not delivered yet stays in the queue; the outcomes say which.</summary>
    DeadlineExceeded,

    /// <summary>The pipeline was stopped first.</summary>
    Stopped,
}
