namespace AdTracking.Emitter.Kafka.Log;

/// <summary>How a read of Kafka's log went.</summary>
internal enum LogReadStatus : byte
{
    /// <summary>The position holds; there may have been nothing to read.</summary>
    Ok = 0,

    /// <summary>Nothing could be read now: broker away, leader moving, partition unknown. The position holds.</summary>
    TryAgain = 1,

    /// <summary>The log begins above the position: what was there is gone. The position is now the log's start.</summary>
    OutOfRange = 2,
}
