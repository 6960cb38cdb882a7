using Microsoft.Win32.SafeHandles;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_queue_t *.</summary>
internal sealed class QueueHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public QueueHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        Librdkafka.rd_kafka_queue_destroy(handle);
        return true;
    }
}
