namespace AdTracking.Kafka.Client.Tests.Broker;

/// <summary>What a broker remembers of a producer's batch.</summary>
internal readonly record struct StoredBatch(int BaseSequence, int Count, long BaseOffset);
