using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Events that were reported as not persisted, on their way from the delivery thread back to the shipper, in the order of their
/// reports. The list runs through the events themselves; only failures come here, so a lock is cheap enough.</summary>
internal sealed unsafe class ReturnedEvents
{
    private readonly Lock _lock = new();
    private readonly BlockPool _pool;
    private ulong _newest;
    private int _count;

    public ReturnedEvents(BlockPool pool) => _pool = pool;

    /// <summary>Events on their way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds an event.</summary>
    public void Add(ulong reference, EventHeader* header)
    {
        lock (_lock)
        {
            header->State = EventState.Returned;
            header->Next = _newest;
            _newest = reference;
            _count++;
        }
    }

    /// <summary>Puts all of them to the front of their partitions' lists. Newest first, which leaves the oldest in front: events of a key
    /// keep their order through a failure. The partition is worked out anew.</summary>
    public void MoveTo(PartitionTable table)
    {
        if (Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            var reference = _newest;
            while (reference != 0)
            {
                var header = _pool.Resolve(reference, out var block);
                var next = header->Next;
                var partition = table.Locate(header->Topic, header->KeyHash);
                (block.IsReadBack ? partition.Backlog : partition.Live).AddFirst(reference, header);
                reference = next;
            }

            _newest = 0;
            _count = 0;
        }
    }
}
