namespace AdTracking.Emitter.Kafka;

/// <summary>Every error code that can come with an event, mapped once. Codes are those of rdkafka.h, <c>rd_kafka_resp_err_t</c>.</summary>
internal static class KafkaErrors
{
    public const int None = 0;
    public const int InvalidMessage = 2;
    public const int UnknownTopicOrPartition = 3;
    public const int InvalidMessageSize = 4;
    public const int MessageSizeTooLarge = 10;
    public const int RecordListTooLarge = 18;
    public const int NotEnoughReplicas = 19;
    public const int OutOfOrderSequence = 45;
    public const int InvalidRecord = 87;
    public const int InvalidDifferentRecord = -138;
    public const int Fatal = -150;
    public const int PurgedInFlight = -151;
    public const int PurgedInQueue = -152;
    public const int Fenced = -144;
    public const int GaplessGuarantee = -148;
    public const int QueueFull = -184;
    public const int TimedOut = -185;
    public const int UnknownPartition = -190;
    public const int Transport = -195;
    public const int Destroyed = -197;

    /// <summary>What a code means. Whatever is not named is about the partition, the broker or our rights there, and may end: leaders move,
    /// replicas come back, permissions are granted. Giving up is nobody's decision but the operator's.</summary>
    public static KafkaErrorClass Classify(int code) => code switch
    {
        None => KafkaErrorClass.None,
        MessageSizeTooLarge or InvalidRecord or InvalidMessage or InvalidMessageSize or RecordListTooLarge => KafkaErrorClass.RecordRefused,
        InvalidDifferentRecord => KafkaErrorClass.OtherRecordRefused,
        Fatal or Fenced or GaplessGuarantee or PurgedInFlight or PurgedInQueue => KafkaErrorClass.ProducerDead,
        QueueFull => KafkaErrorClass.QueueFull,
        _ => KafkaErrorClass.PartitionUnable,
    };
}
