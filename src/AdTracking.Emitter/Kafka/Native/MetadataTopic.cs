using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_metadata_topic_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MetadataTopic
{
    public nint Name;
    public int PartitionCount;
    public nint Partitions;
    public int Error;
}
