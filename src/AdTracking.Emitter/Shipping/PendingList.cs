namespace AdTracking.Emitter;

/// <summary>
/// A partition's list of events that wait for their hand-over, linked through the events where they stand in their blocks: an
/// event of a partition that takes nothing is never copied aside. The shipper's alone.
/// </summary>
internal static unsafe class PendingList
{
    /// <summary>Adds an event behind the others.</summary>
    public static void AddLast(PartitionState partition, ulong reference, EventHeader* header, BlockPool pool)
    {
        Enter(partition, header);
        header->Next = 0;
        if (partition.Tail == 0)
            partition.Head = reference;
        else
            pool.Resolve(partition.Tail, out _)->Next = reference;
        partition.Tail = reference;
    }

    /// <summary>Puts an event before the others.</summary>
    public static void AddFirst(PartitionState partition, ulong reference, EventHeader* header)
    {
        Enter(partition, header);
        header->Next = partition.Head;
        partition.Head = reference;
        if (partition.Tail == 0)
            partition.Tail = reference;
    }

    /// <summary>Takes the first event, whose header is given, off the list.</summary>
    public static void RemoveFirst(PartitionState partition, EventHeader* header)
    {
        partition.Head = header->Next;
        if (partition.Head == 0)
            partition.Tail = 0;
        partition.Pending--;
    }

    private static void Enter(PartitionState partition, EventHeader* header)
    {
        header->State = EventState.Listed;
        header->PartitionIndex = (ushort)partition.Index;
        partition.Pending++;
    }
}
