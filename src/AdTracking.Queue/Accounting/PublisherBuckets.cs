
namespace AdTracking.Queue.Accounting;

/// <summary>Publishers by a stable hash in a few buckets, so that the ledger's size does not depend on their number. 0 is no publisher; the
/// numbers stand in journals and in published ledger entries, so the hash never changes.</summary>
public static class PublisherBuckets
{
    /// <summary>Buckets, the one of no publisher included.</summary>
    public const int Count = 17;

    private static readonly string[] Tags = ["none", .. Enumerable.Range(0, Count - 1).Select(bucket => $"b{bucket:d2}")];

    /// <summary>The bucket of a publisher id (UTF-8): 1 to 16, or 0 when there is none.</summary>
    public static byte Of(ReadOnlySpan<byte> publisherId) =>
        publisherId.IsEmpty ? (byte)0 : (byte)(1 + (Murmur2.Hash(publisherId) & 15));

    /// <summary>The name in ledger entries and metric labels: <c>none</c>, <c>b00</c> to <c>b15</c>.</summary>
    public static string Tag(int bucket) => Tags[bucket];
}
