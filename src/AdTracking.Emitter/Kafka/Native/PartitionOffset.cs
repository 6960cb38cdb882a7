using System.Runtime.InteropServices;

namespace AdTracking.Emitter.Kafka.Native;

/// <summary>rd_kafka_topic_partition_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PartitionOffset
{
    public nint Topic;
    public int Partition;

    /// <summary>In a question to <c>rd_kafka_offsets_for_times</c> the time, -1 for the end or -2 for the start; then the offset.</summary>
    public long Offset;
    public nint Metadata;
    public nuint MetadataSize;
    public nint Opaque;
    public int Error;
    public nint Private;
}
