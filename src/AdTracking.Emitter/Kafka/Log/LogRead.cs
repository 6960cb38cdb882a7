namespace AdTracking.Emitter.Kafka.Log;

/// <summary>One read of Kafka's log.</summary>
/// <param name="Count">Digests written.</param>
/// <param name="NextOffset">
/// Where the next read goes on. Every record below it that the log still has, and that was not read before, was among the digests. It
/// moves over what a reader never sees (transaction markers, compacted records) as well, so it reaches an end that was listed.
/// </param>
/// <param name="Status">How it went.</param>
internal readonly record struct LogRead(int Count, long NextOffset, LogReadStatus Status);
