using AdTracking.Emitter.Pipeline;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>The mistake of a queue that copies the events of a stalled partition into another block, so that their own may leave: then an
/// event stands in two batches, or in a batch whose mark is younger than its first hand-over.</summary>
internal static unsafe class SimCopyAside
{
    private static readonly SchemaIdTable Ids = new([1, 2, 3, 4, 5, 6]);

    public static void Run(PipelineCore core)
    {
        var group = new GroupBuffer(Ids);
        var completed = new CompletedWaiters();
        foreach (var partition in core.Map.Current.All)
        {
            if (!partition.Stalled || partition.Live.Count == 0)
            {
                continue;
            }

            for (var reference = partition.Live.TakeAll(); reference != 0;)
            {
                var header = core.Pool.Resolve(reference, out var block);
                var next = header->Next;
                if (TryCopy(core.Queue, header, group))
                {
                    core.Queue.Complete(block, header, DeliveryOutcome.None with { Status = EventOutcome.FateUnknown, Topic = header->Topic }, completed);
                }
                else
                {
                    partition.Live.AddLast(reference, header, core.Pool);
                }

                reference = next;
            }
        }

        completed.CompleteAll();
    }

    private static bool TryCopy(EventQueue queue, EventHeader* header, GroupBuffer group)
    {
        var key = (byte*)header + EventHeader.Bytes;
        var value = new ReadOnlySpan<byte>(key + header->KeyLength + GroupBuffer.FrameBytes, header->ValueLength - GroupBuffer.FrameBytes);
        group.Clear(Ids);
        _ = group.TryBegin(header->Topic, new ReadOnlySpan<byte>(key, header->KeyLength), out var room);
        value.CopyTo(room);
        group.Commit(value.Length);
        return queue.TryAppend(group, null) == Admission.Accepted;
    }
}
