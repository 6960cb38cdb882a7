using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_topic_partition_list_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PartitionList
{
    public int Count;
    public int Size;
    public PartitionOffset* Items;
}
