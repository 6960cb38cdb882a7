using System.Collections.Concurrent;
using AdTracking.Queue;
using AdTracking.Queue.Accounting;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.DeadLetters;

/// <summary>Sees to it that a record that Kafka refuses for good is not lost: its BadEvent goes through the queue like any other event,
/// save that no share bounds it, and only when that is stored has the record its outcome. Rare, and off the path: it may allocate. Records
/// come from any thread; the shipper calls <see cref="Tick"/>.</summary>
internal sealed unsafe class DeadLetterQueue(EventQueue queue, BlockPool pool, WaiterTable waiters, DeadLetterOptions options)
{
    private const int BodyBytesMin = 256;
    private readonly ConcurrentQueue<DeadLetter> _incoming = new();
    private readonly List<DeadLetter> _open = [];
    private readonly DeadLetterEncoder _encoder = new(options);
    private GroupBuffer? _group;
    private readonly CompletedWaiters _completed = new();

    /// <summary>BadEvents that were put into the queue.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether there is something to see to.</summary>
    public bool HasWork => !_incoming.IsEmpty || _open.Count > 0;

    /// <summary>Takes a refused record. What was itself to be a BadEvent has no other place to go to, and an SDK user has the event and is
    /// told: these have their outcome at once, and count as lost.</summary>
    public void Take(QueueBlock block, EventHeader* header, ulong reference, int error, int partition, CompletedWaiters completed)
    {
        if (header->Topic == EventTopic.Bad || !options.KeepsRefused)
        {
            Complete(block, header, error, partition, EventOutcome.RefusedTwice, completed);
            return;
        }

        header->State = EventState.Refused;
        _incoming.Enqueue(new DeadLetter(reference, error, partition));
    }

    /// <summary>Sends BadEvents for which there is room now, and settles the records whose BadEvents are stored.</summary>
    public void Tick()
    {
        while (_incoming.TryDequeue(out var letter))
        {
            _open.Add(letter);
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (IsDone(_open[i]))
            {
                _open.RemoveAt(i);
            }
        }

        _completed.CompleteAll();
    }

    private bool IsDone(DeadLetter letter)
    {
        var header = pool.Resolve(letter.Reference, out var block);
        if (letter.Waiter is null)
        {
            Send(letter, header);
            return false;
        }

        if (!letter.Waiter.TryGetOutcome(out var outcome))
        {
            return false;
        }

        int refusal = letter.Waiter.Outcomes[0].ErrorCode;
        waiters.Return(letter.Waiter);
        letter.Waiter = null;
        if (outcome == WaitOutcome.Stored)
        {
            Complete(block, header, letter.Error, letter.Partition, EventOutcome.DeadLettered, _completed);
            return true;
        }

        // Refused as well: half of the record may pass.
        letter.BodyBytesMax = Math.Min(letter.BodyBytesMax, header->ValueLength) / 2;
        if (letter.BodyBytesMax >= BodyBytesMin || outcome != WaitOutcome.SomeFailed)
        {
            return false;
        }

        Complete(block, header, refusal, letter.Partition, EventOutcome.RefusedTwice, _completed);
        return true;
    }

    private void Send(DeadLetter letter, EventHeader* header)
    {
        _group ??= new GroupBuffer(SchemaIdTable.None); // a quarter of a megabyte, which hardly any run needs
        _group.Clear(options.SchemaIds.Current);
        _encoder.Encode(letter, header, _group);
        if (!_group.IsFramed)
        {
            return;
        }

        var waiter = waiters.Rent(1);
        if (queue.TryAppendInternal(_group, waiter) != Admission.Accepted)
        {
            waiters.Return(waiter);
            return;
        }

        letter.Waiter = waiter;
        Sent++;
    }

    private void Complete(QueueBlock block, EventHeader* header, int error, int partition, EventOutcome outcome, CompletedWaiters completed)
    {
        queue.Complete(block, header, new DeliveryOutcome(outcome, header->Topic, (short)error, partition, -1), completed);
    }
}
