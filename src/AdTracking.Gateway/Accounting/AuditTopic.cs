using System.Text;
using AdTracking.Emitter.Pipeline;
using AdTracking.Events;
using AdTracking.Queue;
using AdTracking.Queue.Memory;

namespace AdTracking.Gateway.Accounting;

/// <summary>Puts ledger entries into the audit topic, by the way that events go: queue, journal, Kafka. One key a gateway, so that its
/// entries stay in order.</summary>
internal sealed class AuditTopic(EventPipeline pipeline, string edgeId)
{
    private const int EntriesMax = 1_000;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(edgeId);

    /// <summary>Puts entries into the queue and waits until they are stored. False: some are not known to be; nothing is harmed by putting
    /// them again.</summary>
    public async Task<bool> StoreAsync(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var part in entries.Chunk(EntriesMax))
        {
            var waiter = pipeline.RentWaiter(part.Length);
            try
            {
                if (!TryAppend(part, waiter))
                {
                    return false;
                }

                var outcome = await waiter.WaitAsync();
                await Task.Yield(); // the delivery thread has more to do than what follows here
                if (outcome != WaitOutcome.Stored)
                {
                    return false;
                }
            }
            finally
            {
                pipeline.Return(waiter);
            }
        }

        return true;
    }

    private bool TryAppend(LedgerEntry[] entries, DeliveryWaiter waiter)
    {
        var group = pipeline.BeginGroup();
        foreach (var entry in entries)
        {
            if (!group.TryBegin(EventTopic.Audit, _key, out var value))
            {
                return false;
            }

            if (!entry.TryEncode(value, out var written))
            {
                group.Cancel();
                return false;
            }

            group.Commit(written);
        }

        return pipeline.TryAppend(group, waiter) == Admission.Accepted;
    }
}
