using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>The seam through which reconciliation reads what Kafka holds. Blocking, for one thread at a time. Nothing that Kafka does or does not
/// answer is an exception: a partition that cannot be asked now is -1, a read that cannot be done now is to be tried again.</summary>
internal interface IKafkaLog : IDisposable
{
    /// <summary>The cluster's id; null until it was heard.</summary>
    string? ClusterId { get; }

    /// <summary>The high watermark of each partition: the offset after the last record that a reader can see. -1: cannot be listed now.</summary>
    void ListEnds(ReadOnlySpan<LogPartition> partitions, Span<long> ends, int timeoutMs);

    /// <summary>The first offset that each log still has. -1: cannot be listed now.</summary>
    void ListStarts(ReadOnlySpan<LogPartition> partitions, Span<long> starts, int timeoutMs);

    /// <summary>The first offset of a record with this timestamp or a later one; the end when there is none; the log's start when the
    /// broker cannot look times up. -1: cannot be listed now.</summary>
    void ListAtTime(ReadOnlySpan<LogPartition> partitions, long unixMs, Span<long> offsets, int timeoutMs);

    /// <summary>The topic's id, which a topic that was deleted and made again does not keep. Empty when the broker gives none, or none now.</summary>
    Guid TopicId(EventTopic topic, int timeoutMs);

    /// <summary>Sets where <see cref="Read"/> goes on.</summary>
    void Seek(LogPartition partition, long offset);

    /// <summary>Reads the next records of the partition that was sought, as many as there are places; waits up to that long for the first
    /// of them. Whoever wrote them, however they were compressed. The end of the log is no error: it reads nothing there.</summary>
    LogRead Read(Span<EventDigest> digests, int timeoutMs);
}
