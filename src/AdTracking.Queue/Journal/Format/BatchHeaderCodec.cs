using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AdTracking.Queue.Memory;

namespace AdTracking.Queue.Journal.Format;

/// <summary>A batch header's bytes: a fixed part, the cluster id padded to eight, the mark, four zero bytes, the checksum.</summary>
internal static class BatchHeaderCodec
{
    private const int RewrittenFlag = 1;
    private const int ChecksumBytes = sizeof(uint);
    private const int EndBytes = 8;

    /// <summary>Bytes of a header with this cluster id and mark.</summary>
    public static int BytesOf(BatchHeader header) =>
        JournalFormat.BatchHeaderFixedBytes + JournalFormat.Aligned(Encoding.UTF8.GetByteCount(header.ClusterId))
        + header.Mark.Bytes.Length + EndBytes;

    /// <summary>Writes the header, <see cref="BatchHeader.HeaderBytes"/> long, as head or tail.</summary>
    public static void Write(Span<byte> to, BatchHeader header, uint magic)
    {
        to = to[..header.HeaderBytes];
        to.Clear();
        var clusterAt = to[JournalFormat.BatchHeaderFixedBytes..];
        var clusterBytes = Encoding.UTF8.GetBytes(header.ClusterId, clusterAt);
        Invariant.Holds(clusterBytes <= JournalFormat.ClusterIdBytesMax, "a cluster's id has at most 64 bytes");
        var numbers = new Fixed
        {
            Magic = magic,
            HeaderBytes = header.HeaderBytes,
            BatchId = header.BatchId,
            Version = JournalFormat.Version,
            Kind = (byte)header.Kind,
            Flags = (byte)(header.IsRewritten ? RewrittenFlag : 0),
            NumberInSegment = header.NumberInSegment,
            TimeMs = header.TimeMs,
            Bytes = header.Bytes,
            GroupCount = header.GroupCount,
            EventCount = header.EventCount,
            GroupsTaken = header.GroupsTaken,
            EventsTaken = header.EventsTaken,
            TopicCount = (ushort)header.Mark.Topics,
            ClusterIdBytes = (byte)clusterBytes,
            EventsBefore = header.EventsBefore,
            SegmentNumber = header.SegmentNumber,
        };
        MemoryMarshal.Write(to, in numbers);
        header.BootId.TryWriteBytes(to[Fixed.BootIdAt..], bigEndian: true, out _);
        var markAt = JournalFormat.BatchHeaderFixedBytes + JournalFormat.Aligned(clusterBytes);
        header.Mark.Bytes.Span.CopyTo(to[markAt..]);
        var checksum = Checksum.Of(header.BatchId, to[..^ChecksumBytes]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[^ChecksumBytes..], checksum);
    }

    /// <summary>Whether a header may begin here, by magic and length alone; then the bytes that have to be read to know.</summary>
    public static bool Probe(ReadOnlySpan<byte> at, out int headerBytes)
    {
        headerBytes = 0;
        if (at.Length < sizeof(ulong))
        {
            return false;
        }

        var magic = BinaryPrimitives.ReadUInt32LittleEndian(at);
        headerBytes = BinaryPrimitives.ReadInt32LittleEndian(at[sizeof(uint)..]);
        return magic is JournalFormat.HeadMagic or JournalFormat.TailMagic
            && headerBytes is >= JournalFormat.BatchHeaderFixedBytes + EndBytes and <= JournalFormat.BatchHeaderBytesMax
            && headerBytes % JournalFormat.Alignment == 0;
    }

    /// <summary>Whether the bytes, as many as <see cref="Probe"/> said, are a sound header.</summary>
    public static BatchHeaderKind Check(ReadOnlySpan<byte> bytes)
    {
        ref readonly var numbers = ref View(bytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumBytes..]) != Checksum.Of(numbers.BatchId, bytes[..^ChecksumBytes]))
        {
            return BatchHeaderKind.None;
        }

        if (numbers.Version > JournalFormat.Version)
        {
            return BatchHeaderKind.Newer;
        }

        var sane = numbers.Version == JournalFormat.Version
            && numbers.BatchId != 0
            && numbers.Bytes >= 2 * bytes.Length && numbers.Bytes % JournalFormat.Alignment == 0
            && numbers.GroupCount >= 0 && numbers.EventCount >= 0
            && numbers.GroupsTaken >= numbers.GroupCount && numbers.EventsTaken >= numbers.EventCount
            && numbers.NumberInSegment >= 0 && numbers.EventsBefore >= 0
            && numbers.Kind <= (byte)BlockKind.Unsent;
        return !sane ? BatchHeaderKind.None : numbers.Magic == JournalFormat.HeadMagic ? BatchHeaderKind.Head : BatchHeaderKind.Tail;
    }

    /// <summary>Bytes of the whole batch, for a header that was checked.</summary>
    public static int BatchBytesOf(ReadOnlySpan<byte> bytes) => View(bytes).Bytes;

    /// <summary>The events of a batch that is about to be written as a segment's next, which it must have been placed as.</summary>
    public static int EventsOfNext(ReadOnlySpan<byte> batch, JournalSegment segment)
    {
        ref readonly var numbers = ref View(batch);
        Invariant.Holds(
            numbers.SegmentNumber == segment.Number && numbers.NumberInSegment == segment.BatchCount
                && numbers.EventsBefore == segment.EventsWritten && numbers.Bytes == batch.Length,
            "a batch is written where it was placed");
        return numbers.EventCount;
    }

    /// <summary>The segment and the boot that the header names, unchecked: cheap to compare before its checksum is worked out.</summary>
    public static (long SegmentNumber, Guid BootId) OriginOf(ReadOnlySpan<byte> bytes) =>
        (View(bytes).SegmentNumber, new Guid(bytes.Slice(Fixed.BootIdAt, 16), bigEndian: true));

    /// <summary>Whether two headers, one checked, are head and tail of one batch: equal but for magic and checksum.</summary>
    public static bool AreTwins(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail) =>
        head.Length == tail.Length && head[sizeof(uint)..^ChecksumBytes].SequenceEqual(tail[sizeof(uint)..^ChecksumBytes]);

    /// <summary>The header, from bytes that were checked; null when its inner lengths do not add up.</summary>
    public static BatchHeader? Read(ReadOnlySpan<byte> bytes, MarkCache cache)
    {
        ref readonly var numbers = ref View(bytes);
        var markAt = JournalFormat.BatchHeaderFixedBytes + JournalFormat.Aligned(numbers.ClusterIdBytes);
        if (markAt + EndBytes > bytes.Length)
        {
            return null;
        }

        return new BatchHeader
        {
            BatchId = numbers.BatchId,
            Kind = (BlockKind)numbers.Kind,
            IsRewritten = (numbers.Flags & RewrittenFlag) != 0,
            BootId = new Guid(bytes.Slice(Fixed.BootIdAt, 16), bigEndian: true),
            ClusterId = cache.Text(bytes.Slice(JournalFormat.BatchHeaderFixedBytes, numbers.ClusterIdBytes)),
            TimeMs = numbers.TimeMs,
            Mark = cache.Mark(bytes[markAt..^EndBytes], numbers.TopicCount),
            GroupsTaken = numbers.GroupsTaken,
            EventsTaken = numbers.EventsTaken,
            SegmentNumber = numbers.SegmentNumber,
            NumberInSegment = numbers.NumberInSegment,
            EventsBefore = numbers.EventsBefore,
            HeaderBytes = bytes.Length,
            Bytes = numbers.Bytes,
            GroupCount = numbers.GroupCount,
            EventCount = numbers.EventCount,
        };
    }

    private static ref readonly Fixed View(ReadOnlySpan<byte> bytes) =>
        ref Unsafe.As<byte, Fixed>(ref MemoryMarshal.GetReference(bytes[..JournalFormat.BatchHeaderFixedBytes]));

    [StructLayout(LayoutKind.Sequential, Pack = 1, Size = JournalFormat.BatchHeaderFixedBytes)]
    private struct Fixed
    {
        public const int BootIdAt = 24;
        public uint Magic;
        public int HeaderBytes;
        public ulong BatchId;
        public ushort Version;
        public byte Kind;
        public byte Flags;
        public int NumberInSegment;
        public long BootIdFirst;
        public long BootIdSecond;
        public long TimeMs;
        public int Bytes;
        public int GroupCount;
        public int EventCount;
        public int GroupsTaken;
        public int EventsTaken;
        public ushort TopicCount;
        public byte ClusterIdBytes;
        public byte Zero;
        public long EventsBefore;
        public long SegmentNumber;
    }
}
