namespace AdTracking.Emitter.Inspection;

/// <summary>A damaged stretch of a file of the journal.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Kind">What is wrong: <c>segmentHeader</c>, <c>batchHead</c>, <c>batchTail</c>, <c>batches</c>, <c>groups</c>,
/// <c>truncated</c>, <c>unreadable</c>, <c>notes</c>, <c>notesMissing</c>, <c>cannotOpen</c>.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Says">A sentence about it for people.</param>
public sealed record InspectedDamage(string File, string Kind, long Offset, long Bytes, string Says);
