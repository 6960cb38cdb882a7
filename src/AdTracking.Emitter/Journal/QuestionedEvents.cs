namespace AdTracking.Emitter;

/// <summary>
/// Events that a dead producer may have got into Kafka, on their way from the delivery thread to the journal. The list runs through
/// the events themselves.
/// </summary>
internal sealed unsafe class QuestionedEvents(BlockPool pool)
{
    private ulong _newest;
    private int _count;

    /// <summary>Held while blocks are gone through that must not leave memory meanwhile.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Events on their way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds an event.</summary>
    public void Add(ulong reference, EventHeader* header)
    {
        lock (Gate)
        {
            header->State = EventState.Questioned;
            header->Next = _newest;
            _newest = reference;
            _count++;
        }
    }

    /// <summary>Lets those leave memory that stand in the journal; the others stay until they do. Returns how many left.</summary>
    public int Evict(EventQueue queue, BatchTable batches)
    {
        if (Count == 0)
            return 0;
        ulong reference;
        lock (Gate)
        {
            reference = _newest;
            _newest = 0;
            _count = 0;
        }

        int evicted = 0;
        while (reference != 0)
        {
            EventHeader* header = pool.Resolve(reference, out QueueBlock block);
            ulong next = header->Next;
            GroupHeader* group = (GroupHeader*)(block.Base + header->GroupOffset);
            if (batches.Holds(group))
            {
                batches.AddAbsent(group, header, questionable: true);
                queue.Evict(block, header);
                evicted++;
            }
            else
            {
                Add(reference, header);
            }

            reference = next;
        }

        return evicted;
    }
}
