namespace AdTracking.Emitter.Reconciliation;

/// <summary>An event that a reading looks for.</summary>
/// <param name="Batch">Its batch's place among those of the reading.</param>
/// <param name="Event">Its index in the batch.</param>
/// <param name="Minute">The minute in which it was received.</param>
/// <param name="Partition">The partition that it is sent to.</param>
/// <param name="Bucket">Its publisher's bucket.</param>
internal readonly record struct ReconcileEntry(int Batch, int Event, int Minute, ushort Partition, byte Bucket);
