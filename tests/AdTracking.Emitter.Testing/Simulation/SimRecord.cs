using AdTracking.Emitter.Kafka.Log;

namespace AdTracking.Emitter.Testing.Simulation;

/// <summary>A record of the simulated log.</summary>
/// <param name="Digest">What a reading sees of it.</param>
/// <param name="Event">The event's number, -1 for one of another writer.</param>
/// <param name="UnixMs">Its timestamp, by its writer's clock.</param>
/// <param name="VisibleAtMs">When followers have it, so that readers may see it.</param>
internal readonly record struct SimRecord(EventDigest Digest, int Event, long UnixMs, long VisibleAtMs);
