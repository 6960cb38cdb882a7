using AdTracking.Queue.Memory;

namespace AdTracking.Emitter.Kafka;

/// <summary>The producer's word on one event that it took.</summary>
/// <param name="Opaque">The event's <see cref="EventRef"/>.</param>
/// <param name="Offset">Its offset; negative when it is not known (a report without one moves no acknowledged offset).</param>
/// <param name="Error">0, or librdkafka's error code.</param>
/// <param name="PossiblyPersisted">Only with an error: Kafka may hold the event nevertheless.</param>
/// <param name="IsNamed">Only with an error: it is about this record and no other of its batch.</param>
internal readonly record struct DeliveryReport(ulong Opaque, long Offset, int Error, bool PossiblyPersisted, bool IsNamed = false);
