using Microsoft.Win32.SafeHandles;

namespace AdTracking.Emitter;

/// <summary>rd_kafka_t *. Destroying it joins librdkafka's threads; queues and topics of it go first.</summary>
internal sealed class KafkaHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public KafkaHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        Librdkafka.rd_kafka_destroy(handle);
        return true;
    }
}
