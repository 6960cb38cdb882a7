namespace AdTracking.Kafka.Protocol;

/// <summary>Kafka's error codes, less those of groups, transactions, delegation tokens and cluster administration. A broker may send one that
/// has no name here.</summary>
public enum KafkaError : short
{
    /// <summary>Kafka's <c>UNKNOWN_SERVER_ERROR</c>.</summary>
    UnknownServerError = -1,

    /// <summary>Kafka's <c>NONE</c>.</summary>
    None = 0,

    /// <summary>Kafka's <c>OFFSET_OUT_OF_RANGE</c>.</summary>
    OffsetOutOfRange = 1,

    /// <summary>Kafka's <c>CORRUPT_MESSAGE</c>.</summary>
    CorruptMessage = 2,

    /// <summary>Kafka's <c>UNKNOWN_TOPIC_OR_PARTITION</c>.</summary>
    UnknownTopicOrPartition = 3,

    /// <summary>Kafka's <c>INVALID_FETCH_SIZE</c>.</summary>
    InvalidFetchSize = 4,

    /// <summary>Kafka's <c>LEADER_NOT_AVAILABLE</c>.</summary>
    LeaderNotAvailable = 5,

    /// <summary>Kafka's <c>NOT_LEADER_OR_FOLLOWER</c>.</summary>
    NotLeaderOrFollower = 6,

    /// <summary>Kafka's <c>REQUEST_TIMED_OUT</c>.</summary>
    RequestTimedOut = 7,

    /// <summary>Kafka's <c>BROKER_NOT_AVAILABLE</c>.</summary>
    BrokerNotAvailable = 8,

    /// <summary>Kafka's <c>REPLICA_NOT_AVAILABLE</c>.</summary>
    ReplicaNotAvailable = 9,

    /// <summary>Kafka's <c>MESSAGE_TOO_LARGE</c>.</summary>
    MessageTooLarge = 10,

    /// <summary>Kafka's <c>NETWORK_EXCEPTION</c>.</summary>
    NetworkException = 13,

    /// <summary>Kafka's <c>COORDINATOR_LOAD_IN_PROGRESS</c>.</summary>
    CoordinatorLoadInProgress = 14,

    /// <summary>Kafka's <c>COORDINATOR_NOT_AVAILABLE</c>.</summary>
    CoordinatorNotAvailable = 15,

    /// <summary>Kafka's <c>NOT_COORDINATOR</c>.</summary>
    NotCoordinator = 16,

    /// <summary>Kafka's <c>INVALID_TOPIC_EXCEPTION</c>.</summary>
    InvalidTopic = 17,

    /// <summary>Kafka's <c>RECORD_LIST_TOO_LARGE</c>.</summary>
    RecordListTooLarge = 18,

    /// <summary>Kafka's <c>NOT_ENOUGH_REPLICAS</c>.</summary>
    NotEnoughReplicas = 19,

    /// <summary>Kafka's <c>NOT_ENOUGH_REPLICAS_AFTER_APPEND</c>.</summary>
    NotEnoughReplicasAfterAppend = 20,

    /// <summary>Kafka's <c>INVALID_REQUIRED_ACKS</c>.</summary>
    InvalidRequiredAcks = 21,

    /// <summary>Kafka's <c>TOPIC_AUTHORIZATION_FAILED</c>.</summary>
    TopicAuthorizationFailed = 29,

    /// <summary>Kafka's <c>CLUSTER_AUTHORIZATION_FAILED</c>.</summary>
    ClusterAuthorizationFailed = 31,

    /// <summary>Kafka's <c>INVALID_TIMESTAMP</c>.</summary>
    InvalidTimestamp = 32,

    /// <summary>Kafka's <c>UNSUPPORTED_SASL_MECHANISM</c>.</summary>
    UnsupportedSaslMechanism = 33,

    /// <summary>Kafka's <c>ILLEGAL_SASL_STATE</c>.</summary>
    IllegalSaslState = 34,

    /// <summary>Kafka's <c>UNSUPPORTED_VERSION</c>.</summary>
    UnsupportedVersion = 35,

    /// <summary>Kafka's <c>INVALID_REQUEST</c>.</summary>
    InvalidRequest = 42,

    /// <summary>Kafka's <c>UNSUPPORTED_FOR_MESSAGE_FORMAT</c>.</summary>
    UnsupportedForMessageFormat = 43,

    /// <summary>Kafka's <c>POLICY_VIOLATION</c>.</summary>
    PolicyViolation = 44,

    /// <summary>Kafka's <c>OUT_OF_ORDER_SEQUENCE_NUMBER</c>.</summary>
    OutOfOrderSequenceNumber = 45,

    /// <summary>Kafka's <c>DUPLICATE_SEQUENCE_NUMBER</c>.</summary>
    DuplicateSequenceNumber = 46,

    /// <summary>Kafka's <c>INVALID_PRODUCER_EPOCH</c>.</summary>
    InvalidProducerEpoch = 47,

    /// <summary>Kafka's <c>INVALID_PRODUCER_ID_MAPPING</c>.</summary>
    InvalidProducerIdMapping = 49,

    /// <summary>Kafka's <c>SECURITY_DISABLED</c>.</summary>
    SecurityDisabled = 54,

    /// <summary>Kafka's <c>OPERATION_NOT_ATTEMPTED</c>.</summary>
    OperationNotAttempted = 55,

    /// <summary>Kafka's <c>KAFKA_STORAGE_ERROR</c>.</summary>
    KafkaStorageError = 56,

    /// <summary>Kafka's <c>LOG_DIR_NOT_FOUND</c>.</summary>
    LogDirNotFound = 57,

    /// <summary>Kafka's <c>SASL_AUTHENTICATION_FAILED</c>.</summary>
    SaslAuthenticationFailed = 58,

    /// <summary>Kafka's <c>UNKNOWN_PRODUCER_ID</c>.</summary>
    UnknownProducerId = 59,

    /// <summary>Kafka's <c>LISTENER_NOT_FOUND</c>.</summary>
    ListenerNotFound = 72,

    /// <summary>Kafka's <c>FENCED_LEADER_EPOCH</c>.</summary>
    FencedLeaderEpoch = 74,

    /// <summary>Kafka's <c>UNKNOWN_LEADER_EPOCH</c>.</summary>
    UnknownLeaderEpoch = 75,

    /// <summary>Kafka's <c>UNSUPPORTED_COMPRESSION_TYPE</c>.</summary>
    UnsupportedCompressionType = 76,

    /// <summary>Kafka's <c>STALE_BROKER_EPOCH</c>.</summary>
    StaleBrokerEpoch = 77,

    /// <summary>Kafka's <c>OFFSET_NOT_AVAILABLE</c>.</summary>
    OffsetNotAvailable = 78,

    /// <summary>Kafka's <c>PREFERRED_LEADER_NOT_AVAILABLE</c>.</summary>
    PreferredLeaderNotAvailable = 80,

    /// <summary>Kafka's <c>INVALID_RECORD</c>.</summary>
    InvalidRecord = 87,

    /// <summary>Kafka's <c>THROTTLING_QUOTA_EXCEEDED</c>.</summary>
    ThrottlingQuotaExceeded = 89,

    /// <summary>Kafka's <c>PRODUCER_FENCED</c>.</summary>
    ProducerFenced = 90,

    /// <summary>Kafka's <c>UNKNOWN_TOPIC_ID</c>.</summary>
    UnknownTopicId = 100,

    /// <summary>Kafka's <c>INCONSISTENT_TOPIC_ID</c>.</summary>
    InconsistentTopicId = 103,

    /// <summary>Kafka's <c>INCONSISTENT_CLUSTER_ID</c>.</summary>
    InconsistentClusterId = 104,

    /// <summary>Kafka's <c>TRANSACTIONAL_ID_NOT_FOUND</c>.</summary>
    TransactionalIdNotFound = 105,

    /// <summary>Kafka's <c>FETCH_SESSION_TOPIC_ID_ERROR</c>.</summary>
    FetchSessionTopicIdError = 106,

    /// <summary>Kafka's <c>REBOOTSTRAP_REQUIRED</c>.</summary>
    RebootstrapRequired = 129,
}
