namespace AdTracking.Queue.Journal.Format;

/// <summary>A damaged stretch of a segment, or of its side file.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Bytes">How long it is.</param>
internal readonly record struct JournalDamage(DamageKind Kind, long Offset, long Bytes);
