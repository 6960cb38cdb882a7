using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AdTracking.Queue;
using AdTracking.Queue.Journal.Format;

namespace AdTracking.Emitter.Reconciliation;

/// <summary>A mark's bytes: per topic u8 topic, u8 bytes of the name, u16 zero, u32 partitions, 16 bytes topic id (in the order of its
/// text), the name padded with zeros to eight, i64 per partition.</summary>
internal static class MarkCodec
{
    private const int PartitionsAt = 4;
    private const int TopicIdAt = 8;
    private const int TopicFixedBytes = 24;

    /// <summary>The mark as the journal stores it.</summary>
    public static BatchMark Encode(JournalMark mark)
    {
        var bytes = new byte[BytesOf(mark)];
        var at = 0;
        foreach (var topic in mark.Topics)
        {
            var entry = bytes.AsSpan(at);
            var nameBytes = Encoding.UTF8.GetBytes(topic.Name, entry[TopicFixedBytes..]);
            Invariant.Holds(nameBytes <= byte.MaxValue, "a topic's name has at most 249 characters");
            entry[0] = (byte)topic.Topic;
            entry[1] = (byte)nameBytes;
            BinaryPrimitives.WriteInt32LittleEndian(entry[PartitionsAt..], topic.Offsets.Length);
            topic.TopicId.TryWriteBytes(entry[TopicIdAt..], bigEndian: true, out _);
            var offsetsAt = TopicFixedBytes + JournalFormat.Aligned(nameBytes);
            for (var i = 0; i < topic.Offsets.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(entry[(offsetsAt + (i * sizeof(long)))..], topic.Offsets[i]);
            }

            at += offsetsAt + (topic.Offsets.Length * sizeof(long));
        }

        return new BatchMark(bytes, mark.Topics.Count);
    }

    /// <summary>Reads a stored mark; false, and a mark that bounds nothing, when the bytes do not hold one. They are checksummed, so that is
    /// a bug elsewhere.</summary>
    public static bool TryDecode(BatchMark stored, out JournalMark mark)
    {
        mark = JournalMark.Empty;
        var from = stored.Bytes.Span;
        var topics = new TopicMark[stored.Topics];
        for (var i = 0; i < topics.Length; i++)
        {
            if (from.Length < TopicFixedBytes)
            {
                return false;
            }

            int nameBytes = from[1];
            var offsetsAt = TopicFixedBytes + JournalFormat.Aligned(nameBytes);
            var partitions = BinaryPrimitives.ReadUInt32LittleEndian(from[PartitionsAt..]);
            if (from.Length < offsetsAt || partitions > (uint)(from.Length - offsetsAt) / sizeof(long))
            {
                return false;
            }

            var offsets = new long[partitions];
            MemoryMarshal.Cast<byte, long>(from.Slice(offsetsAt, (int)partitions * sizeof(long))).CopyTo(offsets);
            topics[i] = new TopicMark(
                (EventTopic)from[0],
                Encoding.UTF8.GetString(from.Slice(TopicFixedBytes, nameBytes)),
                new Guid(from.Slice(TopicIdAt, 16), bigEndian: true),
                offsets);
            from = from[(offsetsAt + ((int)partitions * sizeof(long)))..];
        }

        mark = new JournalMark(topics);
        return true;
    }

    private static int BytesOf(JournalMark mark)
    {
        var bytes = 0;
        foreach (var topic in mark.Topics)
        {
            bytes += TopicFixedBytes + JournalFormat.Aligned(Encoding.UTF8.GetByteCount(topic.Name)) + (topic.Offsets.Length * sizeof(long));
        }

        return bytes;
    }
}
