namespace AdTracking.Queue.Memory;

/// <summary>Events of a group that follow each other and are counted in the same cell of the ledger.</summary>
internal struct AcceptedRun
{
    /// <summary>What they are about.</summary>
    public EventTopic Topic;

    /// <summary>The bucket of their publisher.</summary>
    public byte Bucket;

    /// <summary>How many they are.</summary>
    public int Events;

    /// <summary>The sum of <see cref="Accounting.EventSum"/> over them.</summary>
    public long Sum;
}
