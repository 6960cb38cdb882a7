namespace AdTracking.Queue.Journal.Format;

/// <summary>What the first bytes of a segment say, for a start that must not wait for the rest.</summary>
/// <param name="IsNewer">It is of a newer format, or its first batch is.</param>
/// <param name="ClusterId">The cluster that its first batch is meant for; empty when that is not known.</param>
/// <param name="DiskBytes">Bytes of the segment and its side file.</param>
internal readonly record struct SegmentPeek(bool IsNewer, string ClusterId, long DiskBytes);
