using System.Text;
using AdTracking.Queue.Accounting;

namespace AdTracking.Emitter.Tests;

public sealed class PublisherBucketsTests
{
    /// <summary>Ledger entries and journals name buckets: the hash never changes.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("publisher-1", 6)]
    [InlineData("publisher-2", 13)]
    [InlineData("pandora", 6)]
    public void Of_KnownPublishers_IsThePinnedOne(string publisher, int bucket) =>
        ((int)PublisherBuckets.Of(Encoding.UTF8.GetBytes(publisher))).ShouldBe(bucket);

    [Fact]
    public void Of_ManyPublishers_SpreadsThem()
    {
        var counts = new int[PublisherBuckets.Count];
        for (var i = 0; i < 16_000; i++)
        {
            counts[PublisherBuckets.Of(Encoding.UTF8.GetBytes($"publisher-{i}"))]++;
        }

        counts[0].ShouldBe(0);
        counts[1..].ShouldAllBe(count => count > 800 && count < 1_200);
        PublisherBuckets.Tag(0).ShouldBe("none");
        PublisherBuckets.Tag(16).ShouldBe("b15");
    }
}
