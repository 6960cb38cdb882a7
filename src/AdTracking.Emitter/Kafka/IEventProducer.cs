using AdTracking.Emitter.Kafka.Native;
using AdTracking.Queue;

namespace AdTracking.Emitter.Kafka;

/// <summary>The one seam between the queue and Kafka: hand over these events; here are the outcomes. <see cref="KafkaProducer"/> is the
/// real one; tests have one in memory that delays, refuses and dies on request.</summary>
internal interface IEventProducer : IDisposable
{
    /// <summary>Hands over events of one partition, in order. Their memory must stay as it is until their report. Sets <see
    /// cref="NativeMessage.Error"/> of each; one that is not 0 was not taken and gets no report. The shipper calls it.</summary>
    /// <returns>How many were taken.</returns>
    int Produce(EventTopic topic, int partition, Span<NativeMessage> events);

    /// <summary>Waits up to that long for outcomes and returns how many were written. The delivery thread calls it.</summary>
    int Poll(Span<DeliveryReport> reports, int timeoutMs);

    /// <summary>Makes a <see cref="Poll"/> that waits return.</summary>
    void Wake();

    /// <summary>Set once the producer can do nothing more but report what it holds; says why.</summary>
    string? FatalReason { get; }

    /// <summary>Asks for reports of everything it holds, delivered or not.</summary>
    void Purge();

    /// <summary>Reads the number of partitions of every topic, in the order of <see cref="EventTopic"/>; 0 for a topic that is not there.
    /// Blocks up to that long.</summary>
    MetadataAnswer TryReadPartitionCounts(Span<int> counts, int timeoutMs);

    /// <summary>The cluster's id, once known. The journal stores it, so that its events never go to another cluster.</summary>
    string? ClusterId { get; }

    /// <summary>Whether something of what it holds may wait for a retry, as far as it knows.</summary>
    bool IsRetrying => false;

    /// <summary>Tells it that everything is finished that was appended before this, in milliseconds of the queue's clock.</summary>
    void ForgetRetries(long beforeMs)
    {
    }
}
