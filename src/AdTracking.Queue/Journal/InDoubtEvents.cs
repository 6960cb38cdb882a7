using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal;

/// <summary>Events that a producer, dead or alive, may have got into Kafka without knowing it, on their way from the delivery thread to the
/// journal. The list runs through the events themselves.</summary>
internal sealed unsafe class InDoubtEvents(BlockPool pool, ReconcileGate gate)
{
    private readonly Lock _lock = new();
    private ulong _newest;
    private int _count;

    /// <summary>Events on their way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds an event of which Kafka may hold a copy.</summary>
    public void Add(ulong reference, EventHeader* header)
    {
        gate.WaitAnew();
        Link(reference, header);
    }

    /// <summary>Lets those leave memory that stand in the journal; the others stay until they do. Returns how many left.</summary>
    public int Evict(EventQueue queue, BatchTable batches)
    {
        if (Count == 0)
        {
            return 0;
        }

        ulong reference;
        lock (_lock)
        {
            reference = _newest;
            _newest = 0;
            _count = 0;
        }

        var evicted = 0;
        while (reference != 0)
        {
            var header = pool.Resolve(reference, out var block);
            var next = header->Next;
            var group = (GroupHeader*)(block.Base + header->GroupOffset);
            if (batches.Holds(group))
            {
                batches.AddAbsent(group, header, inDoubt: true);
                queue.Evict(block, header);
                evicted++;
            }
            else
            {
                Link(reference, header);
            }

            reference = next;
        }

        return evicted;
    }

    private void Link(ulong reference, EventHeader* header)
    {
        lock (_lock)
        {
            header->State = EventState.InDoubt;
            header->Next = _newest;
            _newest = reference;
            _count++;
        }
    }
}
