using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_metadata_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Metadata
{
    public int BrokerCount;
    public nint Brokers;
    public int TopicCount;
    public MetadataTopic* Topics;
    public int OriginBrokerId;
    public nint OriginBrokerName;
}
