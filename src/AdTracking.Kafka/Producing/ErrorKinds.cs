using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Producing;

/// <summary>The meaning of Kafka's codes in the answer to a batch. A code that is not known here is a reason to try again, and to doubt.</summary>
internal static class ErrorKinds
{
    /// <summary>What a code means.</summary>
    public static ErrorKind Of(KafkaError error) => error switch
    {
        KafkaError.None or KafkaError.DuplicateSequenceNumber => ErrorKind.Delivered,
        KafkaError.MessageTooLarge or KafkaError.RecordListTooLarge or KafkaError.InvalidRecord => ErrorKind.RefusesRecords,
        KafkaError.InvalidTimestamp => ErrorKind.RefusesBatch, // of the clocks, not of the event: it gets another time when it is handed over again
        KafkaError.TopicAuthorizationFailed or KafkaError.ClusterAuthorizationFailed or KafkaError.InvalidTopic or KafkaError.PolicyViolation
            or KafkaError.UnsupportedForMessageFormat or KafkaError.UnsupportedCompressionType or KafkaError.InvalidRequest
            or KafkaError.UnsupportedVersion or KafkaError.InvalidRequiredAcks or KafkaError.SecurityDisabled => ErrorKind.RefusesBatch,
        KafkaError.OutOfOrderSequenceNumber => ErrorKind.OutOfOrder,
        KafkaError.UnknownProducerId or KafkaError.InvalidProducerEpoch or KafkaError.ProducerFenced or KafkaError.InvalidProducerIdMapping => ErrorKind.Fatal,
        KafkaError.CorruptMessage or KafkaError.NotEnoughReplicas or KafkaError.ThrottlingQuotaExceeded => ErrorKind.RetryNotStored,
        _ => ErrorKind.Retry,
    };

    /// <summary>Whether what is known of the cluster should be asked for again after this.</summary>
    public static bool IsAboutLeaders(KafkaError error) => error is KafkaError.NotLeaderOrFollower or KafkaError.LeaderNotAvailable
        or KafkaError.UnknownTopicOrPartition or KafkaError.UnknownTopicId or KafkaError.InconsistentTopicId or KafkaError.FencedLeaderEpoch
        or KafkaError.UnknownLeaderEpoch or KafkaError.KafkaStorageError or KafkaError.ReplicaNotAvailable or KafkaError.NetworkException;
}
