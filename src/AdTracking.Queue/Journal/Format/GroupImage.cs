using System.Buffers.Binary;

namespace AdTracking.Queue.Journal.Format;

/// <summary>A group on disk: u32 magic, u32 bytes, u32 number, u32 first event, u32 events, i32 received minute, u32 zero, u32 checksum
/// over everything before and after it; then the events.</summary>
/// <param name="Bytes">Bytes of the whole group, this header included.</param>
/// <param name="Number">Number in the batch as first taken.</param>
/// <param name="FirstEvent">Index of its first event among the batch's as first taken.</param>
/// <param name="EventCount">Events in it.</param>
/// <param name="ReceivedMinute">The minute in which the events were received, counted from 1970.</param>
internal readonly record struct GroupImage(int Bytes, int Number, int FirstEvent, int EventCount, int ReceivedMinute)
{
    private const int BytesAt = 4;
    private const int NumberAt = 8;
    private const int FirstEventAt = 12;
    private const int EventCountAt = 16;
    private const int MinuteAt = 20;
    private const int ZeroAt = 24;
    private const int ChecksumAt = 28;

    /// <summary>Writes the header before events that stand in their place already.</summary>
    public static void Seal(Span<byte> group, ulong batchId, int number, int firstEvent, int eventCount, int receivedMinute)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(group, JournalFormat.GroupMagicOf(batchId));
        BinaryPrimitives.WriteInt32LittleEndian(group[BytesAt..], group.Length);
        BinaryPrimitives.WriteInt32LittleEndian(group[NumberAt..], number);
        BinaryPrimitives.WriteInt32LittleEndian(group[FirstEventAt..], firstEvent);
        BinaryPrimitives.WriteInt32LittleEndian(group[EventCountAt..], eventCount);
        BinaryPrimitives.WriteInt32LittleEndian(group[MinuteAt..], receivedMinute);
        BinaryPrimitives.WriteUInt32LittleEndian(group[ZeroAt..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(group[ChecksumAt..], ChecksumOf(group, batchId));
    }

    /// <summary>The length that a header claims, when it may be a group of the batch by magic and length; otherwise 0.</summary>
    public static int Probe(ReadOnlySpan<byte> at, ulong batchId)
    {
        if (at.Length < JournalFormat.GroupHeaderBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(at) != JournalFormat.GroupMagicOf(batchId))
        {
            return 0;
        }

        var bytes = BinaryPrimitives.ReadInt32LittleEndian(at[BytesAt..]);
        return bytes is > JournalFormat.GroupHeaderBytes and <= JournalFormat.GroupBytesMax && bytes % JournalFormat.Alignment == 0
            ? bytes : 0;
    }

    /// <summary>Reads a group of as many bytes as <see cref="Probe"/> said. False when anything in it is not as it was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> group, BatchHeader batch, out GroupImage image)
    {
        image = default;
        if (BinaryPrimitives.ReadUInt32LittleEndian(group[ChecksumAt..]) != ChecksumOf(group, batch.BatchId))
        {
            return false;
        }

        image = new GroupImage(
            group.Length,
            BinaryPrimitives.ReadInt32LittleEndian(group[NumberAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(group[FirstEventAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(group[EventCountAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(group[MinuteAt..]));
        return (uint)image.Number < (uint)batch.GroupsTaken
            && image.FirstEvent >= 0 && image.EventCount > 0 && image.FirstEvent <= batch.EventsTaken - image.EventCount
            && EncodedEvents.Count(group[JournalFormat.GroupHeaderBytes..]) == image.EventCount;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> group, ulong batchId) =>
        Checksum.Of(batchId, group[..ChecksumAt], group[JournalFormat.GroupHeaderBytes..]);
}
