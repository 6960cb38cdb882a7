using AdTracking.Kafka.Protocol;
using AdTracking.Kafka.Reading;

namespace AdTracking.Emitter.Kafka.Log;

/// <summary>Lists one offset per partition: of a time, of the start or of the end (<see cref="ListOffsetsRequest"/>). <see
/// cref="LogClient.None"/> and <see cref="LogClient.Unlisted"/> say that there is none.</summary>
internal delegate void LogListing(ReadOnlySpan<LogPartition> partitions, long time, Span<long> offsets, int timeoutMs);
