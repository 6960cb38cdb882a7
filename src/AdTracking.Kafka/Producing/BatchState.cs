namespace AdTracking.Kafka.Producing;

/// <summary>Where a batch is that has a sequence number.</summary>
internal enum BatchState
{
    /// <summary>A request with it is under way.</summary>
    InFlight,

    /// <summary>It waits to be sent again, with the same identity.</summary>
    Waiting,

    /// <summary>Kafka certainly does not have it: its records go back to their queue, and its sequence numbers to others.</summary>
    Undone,
}
