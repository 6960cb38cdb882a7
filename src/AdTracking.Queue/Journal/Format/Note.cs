using System.Buffers.Binary;

namespace AdTracking.Queue.Journal.Format;

/// <summary>Says that a waiting batch is about to be handed over, and what was acknowledged then: u32 magic, u32 bytes, u64 batch id, 16
/// bytes boot id, i64 Unix milliseconds, u16 topics of the mark, u8 1 when there is a mark, five zero bytes, the mark, four zero bytes,
/// checksum.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="BootId">The machine's boot in which it was written. It was not synced, so after another boot it proves nothing.</param>
/// <param name="TimeMs">When it was written, Unix milliseconds.</param>
/// <param name="Mark">Replaces the batch's mark while the note is trusted; null keeps that one.</param>
internal readonly record struct Note(ulong BatchId, Guid BootId, long TimeMs, BatchMark? Mark)
{
    private const int BytesAt = 4;
    private const int BatchIdAt = 8;
    private const int BootIdAt = 16;
    private const int TimeAt = 32;
    private const int TopicCountAt = 40;
    private const int HasMarkAt = 42;
    private const int EndBytes = 8;
    private const int ChecksumBytes = sizeof(uint);

    /// <summary>Bytes of a note with this mark.</summary>
    public static int BytesOf(BatchMark? mark) =>
        JournalFormat.NoteFixedBytes + (mark is null ? 0 : mark.Bytes.Length) + EndBytes;

    /// <summary>Writes the note; returns its bytes.</summary>
    public int Write(Span<byte> to)
    {
        var bytes = BytesOf(Mark);
        to = to[..bytes];
        to.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(to, JournalFormat.NoteMagic);
        BinaryPrimitives.WriteInt32LittleEndian(to[BytesAt..], bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(to[BatchIdAt..], BatchId);
        BootId.TryWriteBytes(to[BootIdAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(to[TimeAt..], TimeMs);
        if (Mark is not null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to[TopicCountAt..], (ushort)Mark.Topics);
            to[HasMarkAt] = 1;
            Mark.Bytes.Span.CopyTo(to[JournalFormat.NoteFixedBytes..]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(to[^ChecksumBytes..], Checksum.Of(BatchId, to[..^ChecksumBytes]));
        return bytes;
    }

    /// <summary>Whether a note may begin here, by magic and length alone; then the bytes that have to be read to know.</summary>
    public static bool Probe(ReadOnlySpan<byte> at, out int bytes)
    {
        bytes = 0;
        if (at.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt32LittleEndian(at) != JournalFormat.NoteMagic)
        {
            return false;
        }

        bytes = BinaryPrimitives.ReadInt32LittleEndian(at[BytesAt..]);
        return bytes is >= JournalFormat.NoteFixedBytes + EndBytes and <= JournalFormat.BatchHeaderBytesMax
            && bytes % JournalFormat.Alignment == 0;
    }

    /// <summary>Reads a note of as many bytes as <see cref="Probe"/> said. False when it is not as it was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, MarkCache cache, out Note note)
    {
        note = default;
        var batchId = BinaryPrimitives.ReadUInt64LittleEndian(from[BatchIdAt..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(from[^ChecksumBytes..]) != Checksum.Of(batchId, from[..^ChecksumBytes]))
        {
            return false;
        }

        BatchMark? mark = null;
        if (from[HasMarkAt] != 0)
        {
            int topics = BinaryPrimitives.ReadUInt16LittleEndian(from[TopicCountAt..]);
            mark = cache.Mark(from[JournalFormat.NoteFixedBytes..^EndBytes], topics);
        }

        note = new Note(
            batchId,
            new Guid(from.Slice(BootIdAt, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64LittleEndian(from[TimeAt..]),
            mark);
        return true;
    }
}
