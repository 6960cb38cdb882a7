using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_t *. Destroying it joins librdkafka's threads; queues and topics of it go first.</summary>
internal sealed class KafkaHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public KafkaHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>What librdkafka's threads refer to; freed after them.</summary>
    public GCHandle Companion { get; set; }

    protected override bool ReleaseHandle()
    {
        Librdkafka.rd_kafka_destroy(handle);
        if (Companion.IsAllocated)
        {
            Companion.Free();
        }

        return true;
    }
}
