using Microsoft.Win32.SafeHandles;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_conf_t *, until a handle is made of it, which owns it from then on.</summary>
internal sealed class ConfigurationHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ConfigurationHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        Librdkafka.rd_kafka_conf_destroy(handle);
        return true;
    }
}
