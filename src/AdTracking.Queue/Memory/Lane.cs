using System.Runtime.InteropServices;
using AdTracking.Queue.Accounting;

namespace AdTracking.Queue.Memory;

/// <summary>One of a few places to append to, so that request threads seldom meet. Its lock covers a copy of bytes and their count. The
/// blocks it opens are read by the shipper in order, through a ring.</summary>
internal sealed unsafe class Lane
{
    private const int ChunksMax = 64;
    private readonly Lock _lock = new();
    private readonly BlockPool _pool;
    private readonly Ledger _ledger;
    private readonly BlockUse _use;
    private readonly LaneRing _ring;
    private readonly QueueBlock?[] _rented = new QueueBlock?[ChunksMax];
    private readonly long _numberBase;
    private readonly int _chunkBytesMax;
    private QueueBlock? _open;
    private long _groups;
    private long _appendedBytes;
    private BlockKind _kind;
    private bool _closed;

    public Lane(int index, BlockPool pool, Ledger ledger, BlockUse use = BlockUse.Requests)
    {
        _ledger = ledger;
        _use = use;
        _pool = pool;
        _chunkBytesMax = pool.BlockBytes / 2;
        _numberBase = (long)index << 48;
        _ring = new LaneRing(pool, _lock);
    }

    /// <summary>Bytes appended so far.</summary>
    public long AppendedBytes => Interlocked.Read(ref _appendedBytes);

    /// <summary>The oldest block that the shipper has not read to its end, or null. Blocks that the journal has taken are passed over. Only
    /// the shipper asks.</summary>
    public QueueBlock? First => _ring.First();

    /// <summary>Makes <see cref="First"/> the shipper's for good. False when the journal was faster.</summary>
    public bool TryShipFirst() => _ring.TryShipFirst();

    /// <summary>Whether anything is published that the shipper has not read. Only the shipper asks.</summary>
    public bool HasNews => First is { } block && (block.Scanned < block.Published || (block.Closed && block.Scanned == block.Tail));

    /// <summary>The shipper is done with <see cref="First"/>.</summary>
    public void MoveOn() => _ring.MoveOn();

    /// <summary>Appends a group, whole or not at all, and arms its waiter before anybody can see it.</summary>
    public Admission TryAppend(GroupBuffer group, DeliveryWaiter? waiter, long deadlineMs, long nowMs, bool evenClosed = false)
    {
        Span<int> ends = stackalloc int[ChunksMax];
        var chunks = Chunk(group, ends);
        lock (_lock)
        {
            if (_closed && !evenClosed)
            {
                return Admission.Draining;
            }

            var needed = BlocksNeeded(ends[..chunks]);
            if (needed > _pool.Count)
            {
                return Admission.TooLarge;
            }

            if (!_ring.HasRoom(needed))
            {
                return Admission.QueueFull;
            }

            if (needed > 0 && !_pool.TryRent(_use, _rented.AsSpan(0, needed)))
            {
                return Admission.QueueFull;
            }

            waiter?.Arm(group.EventCount, deadlineMs);
            CountAccepted(group);
            var next = 0;
            var start = GroupHeader.Bytes;
            foreach (var end in ends[..chunks])
            {
                var length = GroupHeader.Bytes + end - start;
                if (_open is null || _open.Room < length)
                {
                    Open(_rented[next++]!, nowMs);
                }

                Write(_open!, group, start, end, waiter, nowMs);
                start = end;
            }
        }

        return Admission.Accepted;
    }

    /// <summary>Takes nothing from now on: when this returns, no append is under way either.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>Closes the open block; later ones start as the kind given.</summary>
    public void StartAs(BlockKind kind)
    {
        lock (_lock)
        {
            if (_kind == kind)
            {
                return;
            }

            _kind = kind;
            _open?.Close();
            _open = null;
        }
    }

    /// <summary>Ends appending to a block of this lane that the journal takes.</summary>
    public void Close(QueueBlock block)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_open, block))
            {
                return;
            }

            block.Close();
            _open = null;
        }
    }

    // Before it can be seen, so that no outcome is counted first; and once it is sure, so that nothing is ever taken back.
    private void CountAccepted(GroupBuffer group)
    {
        foreach (ref readonly var run in group.Runs)
        {
            _ledger.Count(group.ReceivedMinute, run.Topic, run.Bucket, LedgerColumn.Accepted, run.Events);
            _ledger.Count(group.ReceivedMinute, run.Topic, run.Bucket, LedgerColumn.AcceptedSum, run.Sum);
        }
    }

    // Where the groups end that the request is cut into: one, unless it is larger than half a block.
    private int Chunk(GroupBuffer group, Span<int> ends)
    {
        if (group.Bytes <= _chunkBytesMax)
        {
            ends[0] = group.Bytes;
            return 1;
        }

        var chunks = 0;
        var start = GroupHeader.Bytes;
        for (var at = start; at < group.Bytes;)
        {
            var next = at + ((EventHeader*)(group.Base + at))->RecordBytes;
            if (next - start > _chunkBytesMax - GroupHeader.Bytes)
            {
                ends[chunks++] = at;
                start = at;
            }

            at = next;
        }

        ends[chunks++] = group.Bytes;
        return chunks;
    }

    private int BlocksNeeded(ReadOnlySpan<int> ends)
    {
        var needed = 0;
        var room = _open?.Room ?? 0;
        var start = GroupHeader.Bytes;
        foreach (var end in ends)
        {
            var length = GroupHeader.Bytes + end - start;
            if (room < length)
            {
                needed++;
                room = _pool.BlockBytes;
            }

            room -= length;
            start = end;
        }

        return needed;
    }

    private void Open(QueueBlock block, long nowMs)
    {
        _open?.Close();
        var opening = _pool.NextOpening();
        block.Open(_kind, nowMs, opening);
        _open = block;
        _ring.Add(block, opening);
    }

    private void Write(QueueBlock block, GroupBuffer group, int start, int end, DeliveryWaiter? waiter, long nowMs)
    {
        var at = block.Base + block.Tail;
        var length = GroupHeader.Bytes + end - start;
        NativeMemory.Copy(group.Base + start, at + GroupHeader.Bytes, (nuint)(end - start));
        var events = 0;
        var badBytes = 0;
        if (start == GroupHeader.Bytes && end == group.Bytes)
        {
            events = group.EventCount;
            badBytes = group.BadBytes;
        }
        else
        {
            CountChunk(group, start, end, out events, out badBytes);
        }

        *(GroupHeader*)at = new GroupHeader
        {
            Length = length,
            EventCount = events,
            Number = _numberBase | _groups++,
            AppendedAtMs = nowMs,
            WaiterIndex = waiter?.Index ?? -1,
            WaiterGeneration = waiter?.Generation ?? 0,
            Remaining = events,
            BadBytes = badBytes,
            Batch = -1,
            ReceivedMinute = group.ReceivedMinute,
        };
        _appendedBytes += length;
        block.Publish(length, nowMs);
    }

    private static void CountChunk(GroupBuffer group, int start, int end, out int events, out int badBytes)
    {
        events = 0;
        badBytes = 0;
        var cursor = new EventCursor(group.Base + start, group.Base + end);
        while (cursor.MoveNext())
        {
            events++;
            badBytes += cursor.Event.Topic == EventTopic.Bad ? cursor.Event.RecordBytes : 0;
        }
    }
}
