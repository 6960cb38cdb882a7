using System.Runtime.InteropServices;

namespace AdTracking.Queue.Memory;

/// <summary>Stands before an event's key and value in a block. Key and value are never touched again once they are published; the fields
/// here belong to one thread at a time: the appender, then the shipper, then, between hand-over and report, the delivery thread.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct EventHeader
{
    /// <summary>sizeof(EventHeader).</summary>
    public const int Bytes = 32;

    /// <summary>The next event of the list that this one is in (its partition's, or the returned ones); 0 ends it.</summary>
    public ulong Next;

    /// <summary>murmur2 of the key.</summary>
    public uint KeyHash;

    /// <summary>Bytes of the value, Confluent framing included.</summary>
    public int ValueLength;

    /// <summary>Where the group's header stands in the block.</summary>
    public int GroupOffset;

    /// <summary>Bytes of the key, which follows this header; the value follows the key.</summary>
    public ushort KeyLength;

    /// <summary>Index within the request, and so among its waiter's outcomes (a large request is several groups).</summary>
    public ushort Ordinal;

    /// <summary>Index in the partition table, worked out at hand-over.</summary>
    public ushort PartitionIndex;

    /// <summary>The topic.</summary>
    public EventTopic Topic;

    /// <summary>Where the event is on its way.</summary>
    public EventState State;

    /// <summary>Set when it is the only event that its partition has in flight, so that a refusal can only mean this record.</summary>
    public byte Alone;

    /// <summary>Hand-overs so far, at most 255.</summary>
    public byte Attempts;

    /// <summary>The publisher's bucket, by which the ledger counts.</summary>
    public byte Bucket;

    /// <summary>Bytes of the whole record in the block, padding included.</summary>
    public readonly int RecordBytes => RecordBytesOf(KeyLength, ValueLength);

    /// <summary>Bytes of a record with a key and a value of these lengths.</summary>
    public static int RecordBytesOf(int keyLength, int valueLength) => (Bytes + keyLength + valueLength + 7) & ~7;
}
