using System.Runtime.InteropServices;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Builds one spill batch in native memory of its own, so that it is written with one call. A group's image has nothing of the
/// memory half's bookkeeping in it: groups are read out of live blocks while other threads finish their events.</summary>
internal sealed unsafe class BatchWriter : IDisposable
{
    private readonly int _bytesMax;
    private byte* _base;
    private int _at;
    private BatchHeader? _header;

    /// <summary>Allocates room for batches of at most so many bytes, both headers included.</summary>
    public BatchWriter(int bytesMax)
    {
        _bytesMax = bytesMax & ~(JournalFormat.Alignment - 1);
        _base = (byte*)NativeMemory.AlignedAlloc((nuint)_bytesMax, 4096);
    }

    /// <summary>Bytes of groups that still fit.</summary>
    public int Room => _header is null ? 0 : _bytesMax - _at - _header.HeaderBytes;

    /// <summary>The batch that was begun or ended last.</summary>
    public BatchHeader Header => _header ?? throw new InvalidOperationException("No batch was begun.");

    /// <summary>Bytes that a group of a block will take.</summary>
    public static int GroupBytes(QueueBlock block, int groupOffset)
    {
        var bytes = JournalFormat.GroupHeaderBytes;
        var events = new EventCursor((GroupHeader*)(block.Base + groupOffset));
        while (events.MoveNext())
        {
            bytes += EncodedEvents.BytesOf(events.Event.KeyLength, events.Event.ValueLength);
        }

        return bytes;
    }

    /// <summary>Begins a batch. The mark, the cluster id and the place in the segment are settled; lengths and counts are worked out.</summary>
    public void Begin(BatchHeader header)
    {
        Invariant.Holds(header.BatchId != 0, "a batch has an id");
        header.HeaderBytes = BatchHeaderCodec.BytesOf(header);
        header.GroupCount = 0;
        header.EventCount = 0;
        Invariant.Holds(header.HeaderBytes <= Math.Min(JournalFormat.BatchHeaderBytesMax, _bytesMax / 2), "a batch's headers fit");
        _header = header;
        _at = header.HeaderBytes;
    }

    /// <summary>Copies a published group, all of its events. <see cref="GroupBytes"/> must fit into <see cref="Room"/>.</summary>
    public void Add(QueueBlock block, int groupOffset, int number, int firstEvent)
    {
        var group = (GroupHeader*)(block.Base + groupOffset);
        var to = _base + _at + JournalFormat.GroupHeaderBytes;
        var limit = _base + _at + Room;
        var events = new EventCursor(group);
        while (events.MoveNext())
        {
            var ev = events.Header;
            var payload = ev->KeyLength + ev->ValueLength;
            var bytes = EncodedEvents.BytesOf(ev->KeyLength, ev->ValueLength);
            Invariant.Holds(bytes <= limit - to, "a group fits into its batch");
            *(ulong*)(to + bytes - sizeof(ulong)) = 0;
            EncodedEvents.WriteHeader(to, ev);
            NativeMemory.Copy((byte*)ev + EventHeader.Bytes, to + JournalFormat.EventHeaderBytes, (nuint)payload);
            to += bytes;
        }

        Finish((int)(to - (_base + _at)), number, firstEvent, group->EventCount, group->ReceivedMinute);
    }

    /// <summary>Copies a group whose events are encoded already: one that was read from a file and has to be written elsewhere.</summary>
    public void Add(ReadOnlySpan<byte> events, int number, int firstEvent, int eventCount, int receivedMinute)
    {
        var bytes = JournalFormat.GroupHeaderBytes + events.Length;
        Invariant.Holds(bytes <= Room && events.Length % JournalFormat.Alignment == 0, "a group fits into its batch");
        events.CopyTo(new Span<byte>(_base + _at + JournalFormat.GroupHeaderBytes, events.Length));
        Finish(bytes, number, firstEvent, eventCount, receivedMinute);
    }

    /// <summary>Ends the batch. The bytes, ready to be written, stand until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> End()
    {
        var header = Header;
        header.Bytes = _at + header.HeaderBytes;
        BatchHeaderCodec.Write(new Span<byte>(_base, header.HeaderBytes), header, JournalFormat.HeadMagic);
        BatchHeaderCodec.Write(new Span<byte>(_base + _at, header.HeaderBytes), header, JournalFormat.TailMagic);
        return new ReadOnlySpan<byte>(_base, header.Bytes);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_base);
        _base = null;
        _header = null;
    }

    private void Finish(int bytes, int number, int firstEvent, int eventCount, int receivedMinute)
    {
        Invariant.Holds(bytes <= JournalFormat.GroupBytesMax, "a group on disk is not longer than in memory");
        var header = Header;
        GroupImage.Seal(new Span<byte>(_base + _at, bytes), header.BatchId, number, firstEvent, eventCount, receivedMinute);
        header.GroupCount++;
        header.EventCount += eventCount;
        header.GroupsTaken = Math.Max(header.GroupsTaken, number + 1);
        header.EventsTaken = Math.Max(header.EventsTaken, firstEvent + eventCount);
        _at += bytes;
    }
}
