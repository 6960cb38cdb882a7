using AdTracking.Kafka.Protocol;

namespace AdTracking.Kafka.Reading;

/// <summary>What a leader answered to a fetch.</summary>
/// <param name="Error">0, or why there is nothing; <see cref="KafkaError.NetworkException"/> when it could not be asked.</param>
/// <param name="EndOffset">Where the log ends for readers; -1 with an error.</param>
internal readonly record struct FetchedBatches(KafkaError Error, long EndOffset);
