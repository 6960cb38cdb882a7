using Microsoft.Win32.SafeHandles;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_topic_t *.</summary>
internal sealed class TopicHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public TopicHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        Librdkafka.rd_kafka_topic_destroy(handle);
        return true;
    }
}
