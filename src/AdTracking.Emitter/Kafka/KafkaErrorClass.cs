namespace AdTracking.Emitter.Kafka;

/// <summary>What an error code of librdkafka means for an event and its partition.</summary>
internal enum KafkaErrorClass
{
    /// <summary>Delivered.</summary>
    None,

    /// <summary>Not about the record: its partition takes nothing for a while, then the event is handed over again.</summary>
    PartitionUnable,

    /// <summary>About a record of the batch. It counts against this record only when it was alone in its batch.</summary>
    RecordRefused,

    /// <summary>Another record of the batch was named as the bad one: hand over again, at once.</summary>
    OtherRecordRefused,

    /// <summary>The producer can do nothing more and is replaced.</summary>
    ProducerDead,

    /// <summary>librdkafka's own queue is full. The in-flight bound keeps this from happening.</summary>
    QueueFull,
}
