namespace AdTracking.Queue.Memory;

/// <summary>An event's place as one number, which is also librdkafka's opaque: block index (16 bits), the block's epoch (28), offset in
/// eight-byte units (20). 0 is no event. A report for a block that has been reused since does not resolve.</summary>
internal static class EventRef
{
    /// <summary>Bits of a block's epoch.</summary>
    public const int EpochBits = 28;

    /// <summary>Bits of an offset.</summary>
    public const int OffsetBits = 20;

    /// <summary>The reference of the event whose header stands at an offset of a block.</summary>
    public static ulong Of(QueueBlock block, int offset) =>
        ((ulong)block.Index << (EpochBits + OffsetBits)) | ((ulong)block.Epoch << OffsetBits) | ((uint)offset >> 3);

    /// <summary>The reference of the event with a header in a block.</summary>
    public static unsafe ulong Of(QueueBlock block, EventHeader* header) => Of(block, (int)((byte*)header - block.Base));

    /// <summary>The block's index.</summary>
    public static int BlockIndex(ulong reference) => (int)(reference >> (EpochBits + OffsetBits));

    /// <summary>The block's epoch.</summary>
    public static uint Epoch(ulong reference) => (uint)(reference >> OffsetBits) & ((1u << EpochBits) - 1);

    /// <summary>The offset in bytes.</summary>
    public static int Offset(ulong reference) => (int)(reference & ((1u << OffsetBits) - 1)) << 3;
}
