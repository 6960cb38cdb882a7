using System.Buffers.Binary;

namespace AdTracking.Queue.Journal.Format;

/// <summary>The first bytes of a segment.</summary>
/// <param name="Number">The segment's number, which its name says as well.</param>
/// <param name="Bytes">Bytes that were allocated for the file.</param>
/// <param name="BootId">The machine's boot in which it was written, all of it.</param>
/// <param name="CreatedMs">When it was created, Unix milliseconds.</param>
internal readonly record struct SegmentHeader(long Number, int Bytes, Guid BootId, long CreatedMs)
{
    private const int VersionAt = 8;
    private const int BytesAt = 12;
    private const int NumberAt = 16;
    private const int BootIdAt = 24;
    private const int CreatedAt = 40;
    private const int ChecksumAt = JournalFormat.SegmentHeaderBytes - sizeof(uint);

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> to)
    {
        to = to[..JournalFormat.SegmentHeaderBytes];
        to.Clear();
        JournalFormat.SegmentMagic.CopyTo(to);
        BinaryPrimitives.WriteUInt16LittleEndian(to[VersionAt..], JournalFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(to[BytesAt..], Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(to[NumberAt..], Number);
        BootId.TryWriteBytes(to[BootIdAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(to[CreatedAt..], CreatedMs);
        BinaryPrimitives.WriteUInt32LittleEndian(to[ChecksumAt..], Checksum.Of(0, to[..ChecksumAt]));
    }

    /// <summary>Reads the header. A newer format's is told from a damaged one by its checksum.</summary>
    public static SegmentState Read(ReadOnlySpan<byte> from, out SegmentHeader header)
    {
        header = default;
        if (from.Length < JournalFormat.SegmentHeaderBytes
            || !from.StartsWith(JournalFormat.SegmentMagic)
            || BinaryPrimitives.ReadUInt32LittleEndian(from[ChecksumAt..]) != Checksum.Of(0, from[..ChecksumAt]))
        {
            return SegmentState.Damaged;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(from[VersionAt..]);
        if (version > JournalFormat.Version)
        {
            return SegmentState.NewerFormat;
        }

        header = new SegmentHeader(
            BinaryPrimitives.ReadInt64LittleEndian(from[NumberAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[BytesAt..]),
            new Guid(from.Slice(BootIdAt, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64LittleEndian(from[CreatedAt..]));
        return version == JournalFormat.Version ? SegmentState.Ok : SegmentState.Damaged;
    }
}
