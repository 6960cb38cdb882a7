namespace AdTracking.System.Tests.Load;

/// <summary>The comparison that the load tests rest on must fail where something is wrong.</summary>
public sealed class ComparisonTests
{
    private static readonly LoadEvent One = new("id-1", "impression", "as-1", 1_250_000, 1);
    private static readonly LoadEvent Two = new("id-2", "click", "as-2", null, 2);

    [Fact]
    public void ShouldAgree_SameEvents_SaysTheCounts() =>
        Comparison.ShouldAgree([One, Two], [Stored(One), Stored(Two)]).ShouldContain("2 acknowledged, 2 in Kafka");

    [Fact]
    public void ShouldAgree_OneMissing_Fails() => Fails([One, Two], [Stored(One)]);

    [Fact]
    public void ShouldAgree_OneTwice_Fails() => Fails([One, Two], [Stored(One), Stored(Two), Stored(Two)]);

    [Fact]
    public void ShouldAgree_OneNeverSent_Fails() => Fails([One], [Stored(One), Stored(Two)]);

    [Fact]
    public void ShouldAgree_OtherPrice_Fails() => Fails([One], [Stored(One) with { PriceMicros = 1_250_001 }]);

    [Fact]
    public void ShouldAgree_OtherTopic_Fails() => Fails([One], [Stored(One) with { Topic = "ad.click" }]);

    [Fact]
    public void ShouldAgree_OtherKey_Fails() => Fails([One], [Stored(One) with { Key = "as-2" }]);

    private static void Fails(LoadEvent[] acknowledged, DecodedRecord[] stored) =>
        Should.Throw<ShouldAssertException>(() => Comparison.ShouldAgree(acknowledged, stored));

    private static DecodedRecord Stored(LoadEvent one) =>
        new(one.Topic, one.AdServingId, one.Id, one.Name, one.AdServingId, one.PriceMicros, "CLIENT", one.PriceMicros is not null);
}
