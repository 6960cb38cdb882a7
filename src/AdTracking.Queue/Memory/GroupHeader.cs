using System.Runtime.InteropServices;

namespace AdTracking.Queue.Memory;

/// <summary>Stands before the events of a group in a block: what one request appended, all or nothing. Length, number and event count
/// belong to the journal's image of a group; the rest is bookkeeping of the memory half.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct GroupHeader
{
    /// <summary>sizeof(GroupHeader), a multiple of eight so that every record is aligned.</summary>
    public const int Bytes = 64;

    /// <summary>Bytes of the whole group, this header included.</summary>
    public int Length;

    /// <summary>Events that follow.</summary>
    public int EventCount;

    /// <summary>Lane in the upper 16 bits, the lane's count in the rest: unique while the process lives.</summary>
    public long Number;

    /// <summary>The clock's milliseconds at the append.</summary>
    public long AppendedAtMs;

    /// <summary>Index in the waiter table, or -1 when nobody waits.</summary>
    public int WaiterIndex;

    /// <summary>The waiter's generation at the append; a waiter that was returned since has a later one.</summary>
    public uint WaiterGeneration;

    /// <summary>Events without an outcome.</summary>
    public int Remaining;

    /// <summary>Bytes that count against the share of bad events.</summary>
    public int BadBytes;

    /// <summary>The spill batch that the group stands in: its place among the journal's batches, or -1.</summary>
    public int Batch;

    /// <summary>Added to an event's ordinal, it gives the event's index in that batch.</summary>
    public int BatchEventBase;

    /// <summary>The group's number in that batch; it keeps it when the batch has to be written anew.</summary>
    public int BatchGroup;

    /// <summary>The minute in which the events were received, counted from 1970.</summary>
    public int ReceivedMinute;
}
