using System.Runtime.InteropServices;
using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>One event of a hand-over. It has the layout of librdkafka's <c>rd_kafka_message_t</c> (rdkafka.h), so that an array of these is
/// what <c>rd_kafka_produce_batch</c> reads; and the messages that its delivery reports point to are read through it, too.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMessage
{
    /// <summary>0, or why it was not taken (hand-over) or not delivered (report).</summary>
    public int Error;

    /// <summary>rd_kafka_topic_t *.</summary>
    public nint Topic;

    /// <summary>Partition.</summary>
    public int Partition;

    /// <summary>The value.</summary>
    public byte* Value;

    /// <summary>Its length.</summary>
    public nuint ValueLength;

    /// <summary>The key.</summary>
    public byte* Key;

    /// <summary>Its length.</summary>
    public nuint KeyLength;

    /// <summary>The offset, in reports; negative when it is not known.</summary>
    public long Offset;

    /// <summary>The event's <see cref="EventRef"/>.</summary>
    public ulong Opaque;
}
