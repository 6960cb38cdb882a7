using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Events of one partition that wait for their hand-over, linked through the events where they stand in their blocks: an event of
/// a partition that takes nothing is never copied aside. The shipper's alone.</summary>
internal sealed unsafe class EventList(PartitionState partition)
{
    private ulong _tail;

    /// <summary>The first event, 0 when there is none.</summary>
    public ulong Head { get; private set; }

    /// <summary>Events in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an event behind the others.</summary>
    public void AddLast(ulong reference, EventHeader* header, BlockPool pool)
    {
        Enter(header);
        header->Next = 0;
        if (_tail == 0)
        {
            Head = reference;
        }
        else
        {
            pool.Resolve(_tail, out _)->Next = reference;
        }

        _tail = reference;
    }

    /// <summary>Puts an event before the others.</summary>
    public void AddFirst(ulong reference, EventHeader* header)
    {
        Enter(header);
        header->Next = Head;
        Head = reference;
        if (_tail == 0)
        {
            _tail = reference;
        }
    }

    /// <summary>Takes the first event, whose header is given, off the list.</summary>
    public void RemoveFirst(EventHeader* header)
    {
        Head = header->Next;
        if (Head == 0)
        {
            _tail = 0;
        }

        Count--;
    }

    /// <summary>Takes everything off the list; the first event is returned, the others follow it.</summary>
    public ulong TakeAll()
    {
        var first = Head;
        Head = _tail = 0;
        Count = 0;
        return first;
    }

    private void Enter(EventHeader* header)
    {
        header->State = EventState.Listed;
        header->PartitionIndex = (ushort)partition.Index;
        Count++;
    }
}
