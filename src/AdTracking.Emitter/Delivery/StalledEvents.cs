using AdTracking.Queue.Journal;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Delivery;

/// <summary>Lets events of partitions that take nothing leave memory, those that stand in the journal: they are read back from there when
/// their partition takes again. The shipper's.</summary>
internal sealed unsafe class StalledEvents(EventQueue queue, BlockPool pool, BatchTable batches)
{
    /// <summary>Takes them off the lists of all stalled partitions; returns how many left.</summary>
    public int Evict(PartitionTable table, bool backlogOnly)
    {
        var evicted = 0;
        foreach (var partition in table.All)
        {
            if (!partition.Stalled)
            {
                continue;
            }

            evicted += Evict(partition.Backlog);
            if (!backlogOnly)
            {
                evicted += Evict(partition.Live);
            }
        }

        return evicted;
    }

    // The list is built anew of what stays, in its order.
    private int Evict(EventList list)
    {
        var evicted = 0;
        for (var reference = list.TakeAll(); reference != 0;)
        {
            var header = pool.Resolve(reference, out var block);
            var next = header->Next;
            var group = (GroupHeader*)(block.Base + header->GroupOffset);
            if (batches.Holds(group))
            {
                batches.AddAbsent(group, header);
                queue.Evict(block, header);
                evicted++;
            }
            else
            {
                list.AddLast(reference, header, pool);
            }

            reference = next;
        }

        return evicted;
    }
}
